package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Differentiable operators on the features of rows that DJL does not bind: activation functions,
 * the root-mean-square norm and rotary positions.
 */
public final class RowOps {
  private final TorchScript script;
  private final NDArray epsilon;

  /**
   * @param owner frees the functions when it is closed
   * @param epsilon added to the mean square in {@link #rmsNorm}
   */
  public RowOps(NDManager owner, double epsilon) {
    script =
        new TorchScript(
            owner,
            """
            def gelu(self, x: Tensor) -> Tensor:
              return torch.gelu(x, approximate="none")
            def gelu_tanh(self, x: Tensor) -> Tensor:
              return torch.gelu(x, approximate="tanh")
            def silu(self, x: Tensor) -> Tensor:
              return torch.silu(x)
            def rms(self, x: Tensor, weight: Tensor, epsilon: Tensor) -> Tensor:
              features = torch.size(x, -1)
              rows = torch.reshape(torch.to(x, 6), [-1, 1, features])
              square = torch.baddbmm(epsilon, rows, torch.transpose(rows, 1, 2), \
            beta=1, alpha=torch.div(1, features))
              unit = torch.mul(rows, torch.rsqrt(square))
              return torch.mul(torch.reshape(unit, torch.size(x)), weight)
            def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
              half = torch.floordiv(torch.size(x, -1), 2)
              turned = torch.roll(x, [half], [-1])
              return torch.addcmul(torch.mul(x, cos), turned, sin)
            """);
    this.epsilon = Scope.keep(Tensors.of(owner, new float[] {(float) epsilon}, 1, 1, 1));
  }

  /** x * Phi(x), with the normal distribution's exact Phi. */
  public NDArray gelu(NDArray x) {
    return script.call("gelu", List.of(x), List.of());
  }

  /**
   * GELU by the hyperbolic tangent (Hendrycks and Gimpel 2016, arXiv:1606.08415, section 2):
   * Transformers' {@code gelu_new}.
   */
  public NDArray geluTanh(NDArray x) {
    return script.call("gelu_tanh", List.of(x), List.of());
  }

  /** x * sigmoid(x). */
  public NDArray silu(NDArray x) {
    return script.call("silu", List.of(x), List.of());
  }

  /**
   * Divides by the root mean square of the last axis and multiplies by a weight (Zhang and Sennrich
   * 2019, arXiv:1910.07467, equation 4), in float32. The mean of squares is a product of each row
   * with itself, which takes fewer kernels in both directions than a norm.
   *
   * @param x (..., features) of either type
   * @param weight (features) float32
   * @return (..., features) float32
   */
  public NDArray rmsNorm(NDArray x, NDArray weight) {
    return script.call("rms", List.of(x, weight, epsilon), List.of());
  }

  /**
   * Rotates each pair (i, i + features / 2) of the last axis.
   *
   * @param x (rows, heads, features)
   * @param cos (rows, 1, features) the cosine of each feature's angle
   * @param sin (rows, 1, features) the sine, negative in the first half
   * @return (rows, heads, features)
   */
  public NDArray rotate(NDArray x, NDArray cos, NDArray sin) {
    return script.call("rotate", List.of(x, cos, sin), List.of());
  }
}
