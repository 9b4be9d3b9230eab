package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.tensor.Tensors;

/**
 * The rows of the last layer that are used. Its keys and values need every position; its queries,
 * attention output and feed-forward, and the head, need only these rows.
 *
 * @param flat (needed) their indices into (batch * tokens)
 * @param queries (batch * perSequence) indices into (batch * tokens) of the queries to compute; a
 *     sequence with fewer queries repeats its last; {@code null} if computing all is as cheap
 * @param queryColumns the same queries as columns of their sequence; {@code null} if {@code
 *     queries} is
 * @param perSequence queries per sequence
 * @param compact (needed) indices of the needed rows among the computed queries; {@code null} if
 *     they are the same
 */
public record NeededRows(
    NDArray flat, NDArray queries, NDArray queryColumns, int perSequence, NDArray compact) {
  /**
   * @param columns for each sequence of the batch its needed positions, ascending; not all empty
   * @param tokens positions per sequence
   */
  static NeededRows of(NDManager manager, int[][] columns, int tokens) {
    int needed = 0;
    int most = 0;
    for (int[] row : columns) {
      needed += row.length;
      most = Math.max(most, row.length);
    }
    long[] flat = new long[needed];
    long[] compact = new long[needed];
    long[] queries = new long[columns.length * most];
    long[] queryColumns = new long[columns.length * most];
    int next = 0;
    for (int b = 0; b < columns.length; b++) {
      int[] row = columns[b];
      for (int i = 0; i < most; i++) {
        int column = row.length == 0 ? 0 : row[Math.min(i, row.length - 1)];
        queries[b * most + i] = (long) b * tokens + column;
        queryColumns[b * most + i] = column;
      }
      for (int i = 0; i < row.length; i++) {
        flat[next] = (long) b * tokens + row[i];
        compact[next++] = (long) b * most + i;
      }
    }
    NDArray flatRows = Tensors.of(manager, flat, needed);
    if (2 * most > tokens) {
      return new NeededRows(flatRows, null, null, tokens, flatRows);
    }
    return new NeededRows(
        flatRows,
        Tensors.of(manager, queries, queries.length),
        Tensors.of(manager, queryColumns, queries.length),
        most,
        needed == queries.length ? null : Tensors.of(manager, compact, needed));
  }
}
