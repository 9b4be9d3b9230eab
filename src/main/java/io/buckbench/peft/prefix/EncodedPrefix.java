package io.buckbench.peft.prefix;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.buckbench.model.KeyValuePrefix;
import io.buckbench.model.Shape;
import io.buckbench.peft.PromptEncoder;
import io.buckbench.tensor.Ops;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prefix tuning's table, split into each layer's keys and values.
 *
 * @param count number of prefix tokens
 * @param encoder computes the table, (prefix tokens, 2 * layers * key width)
 * @param shape the base model's sizes
 */
record EncodedPrefix(int count, PromptEncoder encoder, Shape shape) implements KeyValuePrefix {
  @Override
  public List<KeyValue> layers(DataType type, boolean training) {
    NDArray table =
        Ops.reshape(
            Ops.as(encoder.encode(), type),
            count,
            2L * shape.layers(),
            shape.keyValueHeads(),
            shape.headSize());
    List<NDArray> parts = Ops.split(Ops.permute(table, 1, 2, 0, 3));
    return IntStream.range(0, shape.layers())
        .mapToObj(i -> new KeyValue(parts.get(2 * i), parts.get(2 * i + 1)))
        .toList();
  }
}
