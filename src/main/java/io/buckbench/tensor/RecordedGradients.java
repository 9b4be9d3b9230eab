package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** Tells what a backward pass would reach and what it has reached. */
@SuppressWarnings("try") // scopes and modes are used only for their close()
public final class RecordedGradients {
  private static final String CODE =
      """
      def reaches(self, loss: Tensor) -> Tensor:
        return torch.tensor([int(loss.requires_grad)])
      def versions(self, unused: Tensor, gradients: List[Tensor]) -> Tensor:
        versions = annotate(List[int], [])
        for i in range(torch.len(gradients)):
          _0 = torch.append(versions, torch._version(gradients[i]))
        return torch.tensor(versions)
      """;

  private final TorchScript script;
  private final NDArray nothing;

  /**
   * @param owner frees the functions when it is closed
   */
  public RecordedGradients(NDManager owner) {
    script = new TorchScript(owner, CODE);
    nothing = Scope.keep(Tensors.scalar(owner, 0));
  }

  /**
   * Whether the loss depends on an array that requires a gradient. A backward pass from a loss that
   * does not ends in an error.
   */
  public boolean reach(NDArray loss) {
    try (Scope results = new Scope()) {
      return Tensors.longs(script.call("reaches", List.of(loss), List.of()))[0] == 1;
    }
  }

  /**
   * PyTorch's version of each array: the number of times that it was changed in place.
   *
   * @param gradients at least one
   */
  public long[] versions(List<NDArray> gradients) {
    try (Scope results = new Scope()) {
      return Tensors.longs(script.call("versions", List.of(nothing), List.of(gradients)));
    }
  }
}
