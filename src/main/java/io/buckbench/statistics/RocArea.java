package io.buckbench.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The area under the ROC curve.
 *
 * @param placements for each yes item the share of no items below it, for each no item the share of
 *     yes items above it, ties counting half. The area is the mean over either class; its variance
 *     between samples of items is the sum of both means' variances (DeLong et al. 1988).
 * @param area the share of (yes, no) pairs in the right order; NaN if a class is missing
 */
public record RocArea(double[] placements, double area) {

  /**
   * Computes the area.
   *
   * @param scores a number for each item, higher for a likelier yes
   * @param wanted whether the right answer of each item is yes
   */
  public static RocArea of(double[] scores, boolean[] wanted) {
    int[] byScore =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double yesItems = IntStream.range(0, wanted.length).filter(i -> wanted[i]).count();
    double noItems = wanted.length - yesItems;
    double[] placements = new double[scores.length];
    double yesBelow = 0;
    double noBelow = 0;
    int from = 0;
    while (from < byScore.length) {
      int to = from;
      double yesHere = 0;
      double noHere = 0;
      while (to < byScore.length && scores[byScore[to]] == scores[byScore[from]]) {
        if (wanted[byScore[to++]]) {
          yesHere++;
        } else {
          noHere++;
        }
      }
      for (int at = from; at < to; at++) {
        int item = byScore[at];
        placements[item] =
            wanted[item]
                ? (noBelow + noHere / 2) / noItems
                : (yesItems - yesBelow - yesHere / 2) / yesItems;
      }
      yesBelow += yesHere;
      noBelow += noHere;
      from = to;
    }
    double[] ofYes =
        IntStream.range(0, wanted.length)
            .filter(i -> wanted[i])
            .mapToDouble(i -> placements[i])
            .toArray();
    return new RocArea(placements, noItems == 0 ? Double.NaN : Moments.mean(ofYes));
  }
}
