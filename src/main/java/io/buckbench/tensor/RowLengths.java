package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** Lengths of a matrix's rows, and factors made of them. */
public final class RowLengths {
  private final TorchScript script;

  /**
   * @param owner frees the functions when it is closed
   */
  public RowLengths(NDManager owner) {
    script =
        new TorchScript(
            owner,
            """
            def lengths(self, matrix: Tensor) -> Tensor:
              return torch.linalg_vector_norm(matrix, 2, [1])
            def ratio(self, x: Tensor, y: Tensor) -> Tensor:
              return torch.div(x, y)
            def less_one(self, x: Tensor) -> Tensor:
              return torch.sub(x, 1)
            """);
  }

  /**
   * The Euclidean length of each row.
   *
   * @param matrix (rows, columns)
   * @return (rows)
   */
  public NDArray of(NDArray matrix) {
    return script.call("lengths", List.of(matrix), List.of());
  }

  /** x / y, element by element. */
  public NDArray ratio(NDArray x, NDArray y) {
    return script.call("ratio", List.of(x, y), List.of());
  }

  /** x - 1. */
  public NDArray lessOne(NDArray x) {
    return script.call("less_one", List.of(x), List.of());
  }
}
