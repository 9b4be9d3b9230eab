package io.buckbench.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.checkpoint.DType;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.data.TokenBatch;
import io.buckbench.input.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the reference's files. */
final class ReferenceFiles {
  private ReferenceFiles() {}

  /** Tensors by name, without PEFT's adapter name; empty if there is no such file. */
  static Optional<Map<String, double[]>> tensors(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Map<String, double[]> values = new LinkedHashMap<>();
    try (NamedTensors tensors = Safetensors.read(file)) {
      for (String name : tensors.names()) {
        values.put(name.replace(".default", ""), doubles(tensors, name));
      }
    }
    return Optional.of(values);
  }

  private static double[] doubles(NamedTensors tensors, String name) {
    if (tensors.info(name).dtype() == DType.F64) {
      // Float64 values serve as the exact result, so they must not be rounded to float32.
      ByteBuffer bytes = tensors.bytes(name).order(ByteOrder.LITTLE_ENDIAN);
      DoubleBuffer buffer = bytes.asDoubleBuffer();
      double[] values = new double[buffer.remaining()];
      buffer.get(values);
      return values;
    }
    return widened(tensors.floats(name));
  }

  static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** Reads a file of numbers by name. */
  static JsonObject json(Path file) {
    return JsonObject.read(file, "the reference's numbers", "write the reference's numbers again");
  }

  /** Reads batches by name. The batch {@code generate} has no labels. */
  static Map<String, TokenBatch> batches(Path file) {
    Map<String, TokenBatch> batches = new LinkedHashMap<>();
    json(file)
        .properties()
        .forEach(
            e ->
                batches.put(
                    e.getKey(),
                    new TokenBatch(
                        rows(e.getValue().path("input_ids")),
                        rows(e.getValue().path("attention_mask")),
                        rows(e.getValue().path("labels")))));
    return batches;
  }

  /** A matrix of whole numbers, without rows if the node is missing. */
  static long[][] rows(JsonNode matrix) {
    long[][] rows = new long[matrix.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new long[matrix.get(i).size()];
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = matrix.get(i).get(j).asLong();
      }
    }
    return rows;
  }
}
