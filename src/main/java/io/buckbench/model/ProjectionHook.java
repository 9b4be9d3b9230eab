package io.buckbench.model;

import ai.djl.ndarray.NDArray;

/**
 * The first seam, for LoRA and IA3: changes one linear projection y = x W' + b of one layer. The
 * model calls {@link #input} before the product and {@link #output} after it.
 */
public interface ProjectionHook {
  /**
   * Replaces the input of the product.
   *
   * @param x (rows, in features)
   * @return (rows, in features)
   */
  default NDArray input(NDArray x) {
    return x;
  }

  /**
   * Replaces the output of the projection.
   *
   * @param x (rows, in features), before {@link #input}
   * @param y (rows, out features), the product with its bias; may be changed in place, since
   *     autograd does not need its value
   * @param training whether dropout is on
   * @return (rows, out features)
   */
  default NDArray output(NDArray x, NDArray y, boolean training) {
    return y;
  }
}
