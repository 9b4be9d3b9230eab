package io.buckbench.tensor;

/**
 * How PyTorch's multi-tensor kernels divide lists of tensors into launches: {@code
 * multi_tensor_apply} of ATen/native/cuda/MultiTensorApply.cuh, with the limits of kernels whose
 * arguments take at most 4 KiB.
 */
final class MultiTensor {
  /** The largest number of tensors of a launch, by the number of lists. */
  static final int[] MOST_TENSORS = {0, 110, 64, 48, 36};

  private static final int MOST_BLOCKS = 320;
  private static final long CHUNK = 65_536;

  private MultiTensor() {}

  /**
   * @param lists number of lists of equal sizes, 1 to 4
   * @param sizes number of elements of each tensor of a list
   */
  static long launches(int lists, long... sizes) {
    long launches = 0;
    int tensors = 0;
    int blocks = 0;
    for (long size : sizes) {
      long chunks = (size + CHUNK - 1) / CHUNK;
      tensors += chunks > 0 ? 1 : 0;
      for (long chunk = 1; chunk <= chunks; chunk++) {
        blocks++;
        boolean whole = chunk == chunks;
        if (whole && tensors == MOST_TENSORS[lists] || blocks == MOST_BLOCKS) {
          launches++;
          blocks = 0;
          // The rest of a tensor belongs to the next launch too.
          tensors = whole ? 0 : 1;
        }
      }
    }
    return launches + (blocks > 0 ? 1 : 0);
  }
}
