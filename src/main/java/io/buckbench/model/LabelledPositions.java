package io.buckbench.model;

import io.buckbench.data.TokenBatch;
import io.buckbench.input.InvalidInputException;
import java.util.Arrays;

/**
 * The positions that predict a label, and the labels.
 *
 * @param columns for each row of the batch the positions whose next token is labelled, ascending,
 *     counted from the first virtual token
 * @param targets the labels in the same order, row by row
 */
record LabelledPositions(int[][] columns, long[] targets) {
  /**
   * @param virtualTokens rows before the batch's tokens; the last one predicts the first token,
   *     whose label counts only then
   */
  static LabelledPositions of(TokenBatch batch, int virtualTokens) {
    int[][] columns = new int[batch.size()][];
    long[] targets = new long[batch.size() * batch.tokens()];
    int next = 0;
    for (int row = 0; row < batch.size(); row++) {
      int[] positions = new int[batch.tokens()];
      int count = 0;
      for (int t = virtualTokens == 0 ? 1 : 0; t < batch.tokens(); t++) {
        long label = batch.labels()[row][t];
        if (label != TokenBatch.IGNORED) {
          positions[count++] = virtualTokens + t - 1;
          targets[next++] = label;
        }
      }
      columns[row] = Arrays.copyOf(positions, count);
    }
    return new LabelledPositions(columns, Arrays.copyOf(targets, next));
  }

  /**
   * @throws InvalidInputException if nothing is labelled
   */
  void requireSome() {
    if (targets.length == 0) {
      throw new InvalidInputException(
          "a batch of " + columns.length + " rows",
          "no labelled token after the first position",
          "at least one",
          "label the answers");
    }
  }
}
