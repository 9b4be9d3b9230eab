package io.buckbench.tensor;

import io.buckbench.files.Digests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** SHA-256 of weights in memory: names and float32 bits, in their order. */
public final class WeightDigest {
  private static final int CHUNK = 1 << 18;

  private WeightDigest() {}

  /** The digest of these weights. */
  public static String of(List<Parameter> parameters) {
    MessageDigest digest = Digests.sha256();
    ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (Parameter parameter : parameters) {
      digest.update(parameter.name().getBytes(StandardCharsets.UTF_8));
      float[] values = Tensors.floats(parameter.array());
      for (int from = 0; from < values.length; from += CHUNK) {
        int count = Math.min(CHUNK, values.length - from);
        bytes.clear().asFloatBuffer().put(values, from, count);
        digest.update(bytes.limit(4 * count));
      }
    }
    return Digests.hex(digest);
  }

  /** How many numbers they hold. */
  public static long count(List<Parameter> parameters) {
    return parameters.stream().mapToLong(p -> p.array().size()).sum();
  }
}
