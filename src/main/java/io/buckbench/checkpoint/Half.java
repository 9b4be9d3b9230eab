package io.buckbench.checkpoint;

/** Conversion to and from IEEE 754 binary16, which Java has only since version 20. */
public final class Half {
  /** 2^112: moves binary16's exponent bias (15) to float32's (127). */
  private static final float REBIAS = 0x1p112f;

  private Half() {}

  /** Converts to float32, exactly, including subnormals, infinities and NaN. */
  public static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int magnitude = (half & 0x7FFF) << 13;
    if ((half & 0x7C00) == 0x7C00) {
      return Float.intBitsToFloat(sign | 0x7F800000 | magnitude);
    }
    // As a float, the shifted bits are the value times 2^-112; the product is exact.
    return Float.intBitsToFloat(
        sign | Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) * REBIAS));
  }

  /** Rounds to nearest, ties to even; from 65520 on to infinity, as PyTorch's {@code half()}. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7FFFFFFF;
    if (magnitude >= 0x7F800000) {
      int nan = magnitude > 0x7F800000 ? 0x200 | ((magnitude >>> 13) & 0x3FF) : 0;
      return (short) (sign | 0x7C00 | nan);
    }
    if (magnitude < 0x38800000) {
      // Below 2^-14 halves are 2^-24 apart. Adding 2^-1 in float rounds to that spacing.
      int steps = Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) + 0.5f) - 0x3F000000;
      return (short) (sign | steps);
    }
    int rounded = magnitude + 0xFFF + ((magnitude >>> 13) & 1);
    int half = (rounded - 0x38000000) >>> 13;
    return (short) (sign | Math.min(half, 0x7C00));
  }
}
