package io.buckbench.checkpoint;

import java.nio.ByteBuffer;

/** Element types, named as in safetensors. All formats here are little-endian. */
public enum DType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
  }

  /**
   * Converts {@code count} elements to float32: F16 and BF16 exactly, F64 and the wider integers
   * rounded to the nearest, BOOL to 0 and 1.
   *
   * @param in little-endian, read from its position
   * @param out receives the values, starting at index {@code at}
   */
  void widen(ByteBuffer in, float[] out, int at, int count) {
    int end = at + count;
    switch (this) {
      case F64 -> {
        for (int i = at; i < end; i++) out[i] = (float) in.getDouble();
      }
      case F32 -> in.asFloatBuffer().get(out, at, count);
      case F16 -> {
        for (int i = at; i < end; i++) out[i] = Half.toFloat(in.getShort());
      }
      case BF16 -> {
        for (int i = at; i < end; i++) out[i] = Float.intBitsToFloat(in.getShort() << 16);
      }
      case I64 -> {
        for (int i = at; i < end; i++) out[i] = in.getLong();
      }
      case I32 -> {
        for (int i = at; i < end; i++) out[i] = in.getInt();
      }
      case I16 -> {
        for (int i = at; i < end; i++) out[i] = in.getShort();
      }
      case I8 -> {
        for (int i = at; i < end; i++) out[i] = in.get();
      }
      case U8 -> {
        for (int i = at; i < end; i++) out[i] = in.get() & 0xFF;
      }
      case BOOL -> {
        for (int i = at; i < end; i++) out[i] = in.get() == 0 ? 0 : 1;
      }
      default -> throw new AssertionError(this);
    }
  }
}
