package io.buckbench.tensor;

import io.buckbench.files.Digests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** SHA-256 digests of weights in memory: names and float32 bits, in order. */
public final class WeightDigest {
  private WeightDigest() {}

  /** The digest of these weights. */
  public static String of(List<Parameter> parameters) {
    MessageDigest digest = Digests.sha256();
    for (Parameter parameter : parameters) {
      digest.update(parameter.name().getBytes(StandardCharsets.UTF_8));
      Tensors.forEachPiece(parameter.array(), piece -> digest.update(bytes(piece)));
    }
    return Digests.hex(digest);
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  /** The number of elements of these weights. */
  public static long count(List<Parameter> parameters) {
    return parameters.stream().mapToLong(p -> p.array().size()).sum();
  }
}
