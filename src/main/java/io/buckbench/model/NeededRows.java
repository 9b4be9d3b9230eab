package io.buckbench.model;

import io.buckbench.tensor.Upload;

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
    Upload.Part flat,
    Upload.Part queries,
    Upload.Part queryColumns,
    int perSequence,
    Upload.Part compact) {
  /**
   * @param upload copies the indices to the device
   * @param columns for each sequence of the batch its needed positions, ascending; not all empty
   * @param tokens positions per sequence
   */
  static NeededRows of(Upload upload, int[][] columns, int tokens) {
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
    Upload.Part flatRows = upload.add(flat);
    if (2 * most > tokens) {
      return new NeededRows(flatRows, null, null, tokens, flatRows);
    }
    return new NeededRows(
        flatRows,
        upload.add(queries),
        upload.add(queryColumns),
        most,
        needed == queries.length ? null : upload.add(compact));
  }
}
