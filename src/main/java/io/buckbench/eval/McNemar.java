package io.buckbench.eval;

import java.util.List;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * McNemar's exact test of whether two lists of answers to the same items differ in accuracy. Only
 * discordant items count, which exactly one of the lists has right. Under the null hypothesis each
 * list is expected to have half of them.
 *
 * @param onlyFirst number of items that only the first list has right
 * @param onlySecond number of items that only the second list has right
 * @param pValue exact, two-sided; 1 without discordant items
 */
public record McNemar(int onlyFirst, int onlySecond, double pValue) {
  /** Tests the numbers of discordant items. */
  public static McNemar of(int onlyFirst, int onlySecond) {
    int discordant = onlyFirst + onlySecond;
    // The distribution is symmetric, so twice the smaller tail is the exact two-sided p value.
    // The library's two-sided test is not symmetric because of rounding: its p values of (1, 2)
    // and (2, 1) differ.
    double p =
        discordant == 0
            ? 1
            : 2
                * BinomialTest.withDefaults()
                    .with(AlternativeHypothesis.LESS_THAN)
                    .test(discordant, Math.min(onlyFirst, onlySecond), 0.5)
                    .getPValue();
    return new McNemar(onlyFirst, onlySecond, Math.min(1, p));
  }

  /**
   * Tests two lists of whether each answer is right.
   *
   * @throws IllegalArgumentException if the lists differ in length
   */
  public static McNemar of(boolean[] first, boolean[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "paired lists of " + first.length + " and " + second.length + " items");
    }
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int i = 0; i < first.length; i++) {
      if (first[i] && !second[i]) {
        onlyFirst++;
      } else if (second[i] && !first[i]) {
        onlySecond++;
      }
    }
    return of(onlyFirst, onlySecond);
  }

  /** Tests predictions against always answering yes. */
  public static McNemar againstAllYes(List<Prediction> predictions) {
    boolean[] right = new boolean[predictions.size()];
    boolean[] yes = new boolean[predictions.size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = predictions.get(i).correct();
      yes[i] = predictions.get(i).wanted();
    }
    return of(right, yes);
  }
}
