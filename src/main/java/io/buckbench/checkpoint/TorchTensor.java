package io.buckbench.checkpoint;

import io.buckbench.input.InvalidInputException;
import java.util.Arrays;

/**
 * A tensor as a state dict describes it, not yet believed.
 *
 * @param storage what it looks into
 * @param offset element of the storage at which it begins
 * @param shape the length of each axis
 * @param strides elements between neighbours on each axis
 */
record TorchTensor(TorchStorage storage, long offset, long[] shape, long[] strides) {
  /**
   * Where it lies in the file.
   *
   * @param where names it in messages
   * @param storageAt byte of the file at which its storage's root begins
   */
  TensorRegion region(String where, long storageAt) {
    TensorRegion region;
    long span;
    try {
      TensorInfo info = new TensorInfo(storage.dtype(), shape);
      if (strides.length != shape.length) {
        throw new IllegalArgumentException("shape and strides of different lengths");
      }
      region =
          new TensorRegion(
              info,
              storageAt + (storage.viewOffset() + offset) * storage.dtype().bytes(),
              strides.clone());
      span = region.span();
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw outside(where, e);
    }
    if (offset > storage.elements()
        || span > storage.elements() - offset
        || region.info().elements() > storage.elements()) {
      throw outside(where, null);
    }
    return region;
  }

  private InvalidInputException outside(String where, Exception cause) {
    InvalidInputException refused =
        new InvalidInputException(
            where,
            "shape "
                + Arrays.toString(shape)
                + " with strides "
                + Arrays.toString(strides)
                + " from element "
                + offset,
            "a tensor within its storage's " + storage.elements() + " elements",
            TorchGlobal.DO_NOT_LOAD);
    if (cause != null) {
      refused.initCause(cause);
    }
    return refused;
  }
}
