package io.buckbench.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.data.TokenBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One folder of numbers from Hugging Face.
 *
 * @param shape {@code A}, opt-125m's kind, or {@code B}, opt-350m's
 * @param method the method's folder, for example {@code full}
 */
record Reference(String shape, String method) {
  private static final Path ROOT = Path.of("src", "test", "resources", "parity");
  private static final ObjectMapper JSON = new ObjectMapper();

  static Path root() {
    return ROOT;
  }

  Path model() {
    return ROOT.resolve(shape).resolve("model");
  }

  Path file(String name) {
    return ROOT.resolve(shape).resolve(method).resolve(name);
  }

  JsonNode result() {
    return json(file("result.json"));
  }

  TokenBatch batch(String name) {
    JsonNode batch = json(ROOT.resolve(shape).resolve("batches.json")).required(name);
    return new TokenBatch(
        matrix(batch.get("input_ids")),
        matrix(batch.get("attention_mask")),
        matrix(batch.path("labels")));
  }

  /** All tensors of a file, sorted as stored. */
  Map<String, float[]> floats(String name) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (NamedTensors tensors = Safetensors.read(file(name))) {
      tensors.names().forEach(tensor -> values.put(tensor, tensors.floats(tensor)));
    }
    return values;
  }

  /** One float64 tensor at full precision. */
  double[] doubles(String name, String tensor) {
    try (NamedTensors tensors = Safetensors.read(file(name))) {
      DoubleBuffer buffer = tensors.bytes(tensor).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
      double[] values = new double[buffer.remaining()];
      buffer.get(values);
      return values;
    }
  }

  static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static long[][] matrix(JsonNode rows) {
    return JSON.convertValue(rows.isMissingNode() ? JSON.createArrayNode() : rows, long[][].class);
  }

  @Override
  public String toString() {
    return shape + "/" + method;
  }
}
