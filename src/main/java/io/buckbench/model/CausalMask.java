package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import java.util.Arrays;

/**
 * The causal mask, added to attention scores: 0 for keys at or before the query's position, {@link
 * Precision#hidden} for later ones. With a window, only that many of the latest keys are seen
 * (Beltagy et al. 2020, arXiv:2004.05150, section 3.1). Positions count padding, as in
 * Transformers. One square table serves all lengths.
 */
final class CausalMask {
  /** PyTorch's attention on a GPU copies a mask first if the elements between rows are not so. */
  private static final int ALIGNMENT = 16;

  private final NDManager owner;
  private final Precision precision;
  private final int window;
  private NDArray table;
  private int size;

  /**
   * @param window number of keys that a query sees; 0 for all up to its own
   */
  CausalMask(NDManager owner, Precision precision, int window) {
    this.owner = owner;
    this.precision = precision;
    this.window = window;
  }

  /**
   * A view (1, 1, queries, {@link #aligned} keys) that the caller closes.
   *
   * @param queries number of queries; the last query has the position of the last key
   */
  NDArray view(int queries, int keys) {
    if (keys > size) {
      grow(keys);
    }
    NDArray rows = Ops.slice(table, 2, keys - queries, keys);
    NDArray view = Ops.slice(rows, 3, 0, aligned(keys));
    rows.close();
    return view;
  }

  /**
   * A number of keys, rounded up to a multiple of {@link #ALIGNMENT}. Masks are made this wide and
   * passed as views of the first keys.
   */
  static int aligned(int keys) {
    return (keys + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private void grow(int keys) {
    size = Math.max(64, Integer.highestOneBit(2 * keys - 1));
    float[] values = new float[size * size];
    for (int query = 0; query < size; query++) {
      int row = query * size;
      Arrays.fill(values, row + query + 1, row + size, precision.hidden());
      if (window > 0) {
        Arrays.fill(values, row, row + Math.max(0, query + 1 - window), precision.hidden());
      }
    }
    if (table != null) {
      table.close();
    }
    // The table outlives the pass that creates it.
    table = Scope.keep(Tensors.of(owner, precision.type(), values, 1, 1, size, size));
  }
}
