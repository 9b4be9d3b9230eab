package io.buckbench.peft.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.buckbench.input.InvalidInputException;
import io.buckbench.peft.lora.LoraAdapter.LowRank;
import io.buckbench.tensor.GradMode;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.RowLengths;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;

/**
 * The decomposition of an adapted weight into directions and trained lengths. As the paper suggests
 * (section 4.3), the lengths of W + scale * B A are constants in the backward pass.
 *
 * @param path the matrices A and B
 * @param magnitude (out) the trained lengths
 * @param weight W as it is stored
 * @param transposed whether W is stored as (in, out)
 * @param lengths computes lengths of rows
 */
@SuppressWarnings("try") // scopes and modes are used only for their close()
record Dora(
    LowRank path, NDArray magnitude, NDArray weight, boolean transposed, RowLengths lengths) {

  /**
   * Sets the trained lengths to those of the weight, so that they change nothing yet.
   *
   * @throws InvalidInputException if one is zero, since the factor would not be a number
   */
  void start(String module) {
    try (Scope scope = new Scope()) {
      NDArray current = current();
      for (float length : Tensors.floats(current)) {
        if (length == 0) {
          throw new InvalidInputException(
              "use_dora",
              "a row of zeros in the weight of " + module,
              "rows with a length, which DoRA divides by",
              "exclude this module, or switch use_dora off");
        }
      }
      Tensors.copyInto(magnitude, current);
    }
  }

  /** (out) the lengths of the rows of W + scale * B A, without a gradient. */
  private NDArray current() {
    try (GradMode off = GradMode.off()) {
      NDArray rows = transposed ? Ops.transpose(weight, 0, 1) : weight;
      return lengths.of(Ops.add(Ops.as(rows, DataType.FLOAT32), path.change()));
    }
  }

  /** (out) the factor of each row, magnitude / length. */
  NDArray factor() {
    return lengths.ratio(magnitude, current());
  }

  /** Changes a weight, (out, in) or a table's transpose, into the adapted one. */
  void mergeInto(NDArray rows) {
    NDArray factor = Ops.reshape(factor(), -1, 1);
    Ops.addInPlace(rows, path.change());
    Ops.mulInPlace(rows, factor);
  }
}
