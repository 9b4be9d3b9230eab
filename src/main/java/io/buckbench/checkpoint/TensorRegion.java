package io.buckbench.checkpoint;

import java.nio.ByteBuffer;

/**
 * The position of a tensor in a file.
 *
 * @param info type and shape
 * @param offset position of its first element in the file, in bytes
 * @param strides distance between neighbours on each axis, in elements
 * @param negated whether the file holds the negatives of the values
 */
record TensorRegion(TensorInfo info, long offset, long[] strides, boolean negated) {
  /** A row-major tensor, the only kind in safetensors. */
  static TensorRegion contiguous(TensorInfo info, long offset) {
    return new TensorRegion(info, offset, rowMajor(info.shape()), false);
  }

  boolean isContiguous() {
    long[] wanted = rowMajor(info.shape());
    long[] shape = info.shape();
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] != 1 && strides[axis] != wanted[axis]) {
        return info.elements() == 0;
      }
    }
    return true;
  }

  /** Number of elements from the first to the last, both included; all must be in the storage. */
  long span() {
    if (info.elements() == 0) {
      return 0;
    }
    long[] shape = info.shape();
    long last = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      last = Math.addExact(last, Math.multiplyExact(shape[axis] - 1, strides[axis]));
    }
    return Math.addExact(last, 1);
  }

  /** Copies the elements from a buffer of the whole span, in row-major order. */
  ByteBuffer gather(ByteBuffer span) {
    int width = info.dtype().bytes();
    long[] shape = info.shape();
    long[] index = new long[shape.length];
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(info.bytes()));
    long from = 0;
    while (out.hasRemaining()) {
      out.put(span.slice(Math.toIntExact(from * width), width));
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        from -= shape[axis] * strides[axis];
        index[axis] = 0;
      }
    }
    return out.flip();
  }

  /** Changes the sign of every element of a little-endian buffer with a floating-point type. */
  void negate(ByteBuffer elements) {
    int width = info.dtype().bytes();
    for (int sign = width - 1; sign < elements.limit(); sign += width) {
      elements.put(sign, (byte) (elements.get(sign) ^ 0x80));
    }
  }

  static long[] rowMajor(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= Math.max(1, shape[axis]);
    }
    return strides;
  }
}
