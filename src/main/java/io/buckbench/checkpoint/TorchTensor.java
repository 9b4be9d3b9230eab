package io.buckbench.checkpoint;

import io.buckbench.input.InvalidInputException;
import java.util.Arrays;

/**
 * A tensor as described in a state dict, not yet checked.
 *
 * @param storage the storage it is a view of
 * @param offset index of its first element in the storage
 * @param shape the length of each axis
 * @param strides distance between neighbours on each axis, in elements
 * @param negated whether its values are the negatives of those in the storage, a view that {@code
 *     torch.imag} of a conjugate gives
 */
record TorchTensor(
    TorchStorage storage, long offset, long[] shape, long[] strides, boolean negated) {
  /**
   * Returns its position in the file.
   *
   * @param where names the tensor in messages
   * @param storageAt position of its storage's root in the file, in bytes
   * @throws InvalidInputException if it is not within its storage
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
              strides.clone(),
              negated);
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
    return new InvalidInputException(
        where,
        "shape %s with strides %s from element %s"
            .formatted(Arrays.toString(shape), Arrays.toString(strides), offset),
        "a tensor within its storage's " + storage.elements() + " elements",
        TorchGlobal.DO_NOT_LOAD,
        cause);
  }
}
