package io.buckbench.model;

import ai.djl.ndarray.NDArray;

/**
 * The first seam: what an adapter does to one linear projection y = x W' + b of one layer. The
 * model calls {@link #input} before the product and {@link #output} after it. -> LoRA, IA3.
 */
public interface ProjectionHook {
  /**
   * What goes into the product instead of x.
   *
   * @param x (rows, in features)
   * @return (rows, in features)
   */
  default NDArray input(NDArray x) {
    return x;
  }

  /**
   * What leaves the projection instead of y.
   *
   * @param x (rows, in features), as it came, before {@link #input}
   * @param y (rows, out features), the product with its bias; autograd does not need its value, so
   *     it may be changed in place
   * @param training whether dropout is on
   * @return (rows, out features)
   */
  default NDArray output(NDArray x, NDArray y, boolean training) {
    return y;
  }
}
