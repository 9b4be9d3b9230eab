package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * {@code torch.optim.AdamW(fused=True)} and the norm of {@code torch.nn.utils.clip_grad_norm_}:
 * each is a few kernels for all tensors together.
 */
@SuppressWarnings("try") // scopes and modes are used only for their close()
public final class FusedAdamW {
  /**
   * The state of some tensors, in the same order.
   *
   * @param weights updated; a recorded graph must not need their old values any more
   * @param gradients of the weights; set to zero
   * @param means first moments, updated
   * @param variances second moments, updated
   * @param updates (1) each: how often each tensor was updated; increased by one
   */
  public record Tensors(
      List<NDArray> weights,
      List<NDArray> gradients,
      List<NDArray> means,
      List<NDArray> variances,
      List<NDArray> updates) {}

  private final TorchScript script;

  /** DJL takes the manager of a result from the first argument, so there must be one. */
  private final NDArray unused;

  /**
   * @param owner frees the functions when it is closed
   * @param weightDecay of the tensors that decay
   */
  public FusedAdamW(
      NDManager owner, double beta1, double beta2, double epsilon, double weightDecay) {
    String code =
        """
        def norm(self, unused: Tensor, gradients: List[Tensor]) -> Tensor:
          return torch.norm(torch.stack(torch._foreach_norm(gradients)))
        def zero(self, unused: Tensor, gradients: List[Tensor]) -> Tensor:
          torch._foreach_zero_(gradients)
          return unused
        """;
    code += update("decay", beta1, beta2, epsilon, weightDecay);
    code += update("keep", beta1, beta2, epsilon, 0);
    script = new TorchScript(owner, code);
    unused = Scope.keep(io.buckbench.tensor.Tensors.scalar(owner, 0));
  }

  private static String update(
      String name, double beta1, double beta2, double epsilon, double weightDecay) {
    return """
        def NAME(self, rate: Tensor, divisor: Tensor, weights: List[Tensor], \
        gradients: List[Tensor], means: List[Tensor], variances: List[Tensor], \
        updates: List[Tensor]) -> Tensor:
          torch._foreach_add_(updates, 1)
          torch._fused_adamw_(weights, gradients, means, variances, \
        annotate(List[Tensor], []), updates, lr=rate, beta1=BETA1, beta2=BETA2, \
        weight_decay=DECAY, eps=EPSILON, amsgrad=False, maximize=False, grad_scale=divisor)
          torch._foreach_zero_(gradients)
          return rate
        """
        .replace("NAME", name)
        .replace("BETA1", Double.toString(beta1))
        .replace("BETA2", Double.toString(beta2))
        .replace("DECAY", Double.toString(weightDecay))
        .replace("EPSILON", Double.toString(epsilon));
  }

  /**
   * Computes the L2 norm of all gradients together.
   *
   * @param step owns the result
   * @param gradients at least one
   * @return a scalar
   */
  public NDArray norm(NDManager step, List<NDArray> gradients) {
    try (GradMode off = GradMode.off()) {
      NDArray norm = script.call("norm", List.of(unused), List.of(gradients));
      norm.attach(step);
      return norm;
    }
  }

  /**
   * Sets gradients to zero in place.
   *
   * @param gradients does nothing if there are none
   */
  public void zero(List<NDArray> gradients) {
    if (gradients.isEmpty()) {
      return;
    }
    try (GradMode off = GradMode.off();
        Scope results = new Scope()) {
      script.call("zero", List.of(unused), List.of(gradients));
    }
  }

  /**
   * Updates tensors in place and sets their gradients to zero.
   *
   * @param tensors does nothing if there are none
   * @param decays whether weight decay applies
   * @param rate the learning rate, a float32 scalar
   * @param divisor a float32 scalar by which the gradients are divided first
   */
  public void update(Tensors tensors, boolean decays, NDArray rate, NDArray divisor) {
    if (tensors.weights().isEmpty()) {
      return;
    }
    try (GradMode off = GradMode.off();
        Scope results = new Scope()) {
      script.call(
          decays ? "decay" : "keep",
          List.of(rate, divisor),
          List.of(
              tensors.weights(),
              tensors.gradients(),
              tensors.means(),
              tensors.variances(),
              tensors.updates()));
    }
  }
}
