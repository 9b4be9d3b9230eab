package io.buckbench.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.checkpoint.DType;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.data.TokenBatch;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what the reference wrote; every file is optional. */
final class ReferenceFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReferenceFiles() {}

  /** Tensors by name, PEFT's adapter name taken out; empty where there is no such file. */
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
      // Widened to float32 the yardstick would lose what it is for.
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

  /** A JSON file; empty where there is none. */
  static Optional<JsonNode> json(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(file.toFile()));
    } catch (IOException e) {
      throw new InvalidInputException(
          file.toString(), e.getMessage(), "JSON", "write the reference's numbers anew", e);
    }
  }

  /** Batches by name; one without labels, such as {@code generate}, gets none. */
  static Map<String, TokenBatch> batches(Path file) {
    JsonNode root =
        json(file)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        file.toString(),
                        "no such file",
                        "the batches that the reference was given",
                        "give a directory laid out as parity/README.md says"));
    Map<String, TokenBatch> batches = new LinkedHashMap<>();
    root.properties()
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

  /** A matrix of whole numbers; no rows where the node is missing. */
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
