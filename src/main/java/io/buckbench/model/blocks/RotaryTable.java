package io.buckbench.model.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;

/** Cosine and sine of the rotary angles of every position so far. It grows with longer texts. */
final class RotaryTable {
  private final NDManager owner;
  private final float[] frequencies;
  private NDArray cos;
  private NDArray sin;
  private int size;

  /**
   * @param owner owns the tables
   */
  RotaryTable(NDManager owner, RotaryFrequencies frequencies) {
    this.owner = owner;
    this.frequencies = frequencies.values();
  }

  /** The cosines of all positions below a number of them, (at least positions, features). */
  NDArray cos(int positions) {
    grow(positions);
    return cos;
  }

  /** The sines, negative for the first half of the features. */
  NDArray sin(int positions) {
    grow(positions);
    return sin;
  }

  private void grow(int positions) {
    if (positions <= size) {
      return;
    }
    size = Math.max(64, Integer.highestOneBit(2 * positions - 1));
    int half = frequencies.length;
    int features = 2 * half;
    float[] cosines = new float[size * features];
    float[] sines = new float[size * features];
    for (int position = 0; position < size; position++) {
      for (int i = 0; i < half; i++) {
        float angle = frequencies[i] * position;
        int first = position * features + i;
        cosines[first] = (float) Math.cos(angle);
        cosines[first + half] = cosines[first];
        sines[first + half] = (float) Math.sin(angle);
        sines[first] = -sines[first + half];
      }
    }
    if (cos != null) {
      cos.close();
      sin.close();
    }
    // The tables outlive the pass that creates them.
    cos = Scope.keep(Tensors.of(owner, cosines, size, features));
    sin = Scope.keep(Tensors.of(owner, sines, size, features));
  }
}
