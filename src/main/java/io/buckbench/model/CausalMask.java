package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import java.util.Arrays;

/**
 * What a query may see of keys in and before its place, as numbers added to attention scores: 0 or
 * the smallest float. Not minus infinity: a row that sees nothing (a padding row) must get a
 * uniform softmax, as in Hugging Face, and not NaN. One square table serves every length.
 */
final class CausalMask {
  /** {@code torch.finfo(torch.float32).min}. */
  static final float HIDDEN = -Float.MAX_VALUE;

  private final NDManager owner;
  private NDArray table;
  private int size;

  CausalMask(NDManager owner) {
    this.owner = owner;
  }

  /**
   * A view (1, 1, queries, keys), in the owner's manager: callers close it.
   *
   * @param queries how many, the last of them in the place of the last key
   */
  NDArray view(int queries, int keys) {
    if (keys > size) {
      grow(keys);
    }
    NDArray rows = Ops.slice(table, 2, keys - queries, keys);
    NDArray view = Ops.slice(rows, 3, 0, keys);
    rows.close();
    return view;
  }

  private void grow(int keys) {
    size = Math.max(64, Integer.highestOneBit(2 * keys - 1));
    float[] values = new float[size * size];
    for (int query = 0; query < size; query++) {
      Arrays.fill(values, query * size + query + 1, (query + 1) * size, HIDDEN);
    }
    if (table != null) {
      table.close();
    }
    // It outlives the pass that happened to need it first.
    table = Scope.keep(Tensors.of(owner, values, 1, 1, size, size));
  }
}
