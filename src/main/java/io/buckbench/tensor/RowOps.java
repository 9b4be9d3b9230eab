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
            def rms(self, x: Tensor, weight: Tensor) -> Tensor:
              wide = torch.to(x, 6)
              features = torch.size(x, -1)
              both = torch.cat([wide, torch.neg(wide)], -1)
              unit = torch.layer_norm(both, [torch.mul(features, 2)], None, None, EPSILON)
              return torch.mul(torch.slice(unit, -1, 0, features), weight)
            def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
              half = torch.floordiv(torch.size(x, -1), 2)
              turned = torch.roll(x, [half], [-1])
              return torch.addcmul(torch.mul(x, cos), turned, sin)
            """
                .replace("EPSILON", Double.toString(epsilon)));
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
   * 2019, arXiv:1910.07467, equation 4), in float32. It is the first half of the layer norm of (x,
   * -x), whose mean is zero and whose variance is the mean square of x: a layer norm is one kernel
   * in each direction, the formula in single operators about twenty.
   *
   * @param x (..., features) of either type
   * @param weight (features) float32
   * @return (..., features) float32
   */
  public NDArray rmsNorm(NDArray x, NDArray weight) {
    return script.call("rms", List.of(x, weight), List.of());
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
