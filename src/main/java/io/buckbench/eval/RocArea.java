package io.buckbench.eval;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The area under the ROC curve of weighted items, which are sorted only once. */
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
   * The share of (yes, no) pairs in the right order (Mann and Whitney), ties counting half.
   *
   * @param times the weight of each item
   * @return NaN if a class is missing
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
        int item = byScore[to++];
        if (wanted[item]) {
          yesHere += times[item];
        } else {
          noHere += times[item];
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
