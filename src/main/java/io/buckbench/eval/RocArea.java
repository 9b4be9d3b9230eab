package io.buckbench.eval;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The area under the ROC curve, for rows that may count several times. Sorted once. */
final class RocArea {
  private final int[] byScore;
  private final double[] scores;
  private final boolean[] wanted;

  private RocArea(int[] byScore, double[] scores, boolean[] wanted) {
    this.byScore = byScore;
    this.scores = scores;
    this.wanted = wanted;
  }

  static RocArea of(double[] scores, boolean[] wanted) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new RocArea(order, scores, wanted);
  }

  /**
   * Mann and Whitney's count of well-ordered (yes, no) pairs, ties half.
   *
   * @param times how often each row counts
   * @return NaN where a class is missing
   */
  double weighted(int[] times) {
    double pairs = 0;
    double noBelow = 0;
    double yes = 0;
    int from = 0;
    while (from < byScore.length) {
      int to = from;
      double noHere = 0;
      double yesHere = 0;
      while (to < byScore.length && scores[byScore[to]] == scores[byScore[from]]) {
        int row = byScore[to++];
        if (wanted[row]) {
          yesHere += times[row];
        } else {
          noHere += times[row];
        }
      }
      pairs += yesHere * (noBelow + noHere / 2);
      noBelow += noHere;
      yes += yesHere;
      from = to;
    }
    return pairs / (yes * noBelow);
  }
}
