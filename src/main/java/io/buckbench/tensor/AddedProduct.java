package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** y += scale * x W', differentiably and in one kernel. */
public final class AddedProduct {
  private final TorchScript script;

  /**
   * @param owner frees the function when it is closed
   * @param scale the factor of the product
   */
  public AddedProduct(NDManager owner, double scale) {
    script =
        new TorchScript(
            owner,
            """
            def add(self, y: Tensor, x: Tensor, weight: Tensor) -> Tensor:
              return torch.addmm_(y, x, torch.t(weight), beta=1, alpha=SCALE)
            """
                .replace("SCALE", Double.toString(scale)));
  }

  /**
   * Adds the product.
   *
   * @param y (rows, out features), changed in place, so autograd must not need its value
   * @param x (rows, in features), of y's type, as is the weight
   * @param weight (out features, in features)
   * @return y
   */
  public NDArray to(NDArray y, NDArray x, NDArray weight) {
    return script.call("add", List.of(y, x, weight), List.of());
  }
}
