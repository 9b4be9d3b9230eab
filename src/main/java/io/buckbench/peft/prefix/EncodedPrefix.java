package io.buckbench.peft.prefix;

import ai.djl.ndarray.NDArray;
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
  public List<KeyValue> layers(boolean training) {
    NDArray table =
        Ops.reshape(
            encoder.encode(), count, 2L * shape.layers(), shape.keyValueHeads(), shape.headSize());
    NDArray turned = Ops.permute(table, 1, 2, 0, 3);
    return IntStream.range(0, shape.layers())
        .mapToObj(i -> new KeyValue(part(turned, 2 * i), part(turned, 2 * i + 1)))
        .toList();
  }

  /** One (heads, tokens, head size) of the (2 * layers, heads, tokens, head size). */
  private static NDArray part(NDArray turned, int index) {
    long[] axes = turned.getShape().getShape();
    return Ops.reshape(Ops.slice(turned, 0, index, index + 1L), axes[1], axes[2], axes[3]);
  }
}
