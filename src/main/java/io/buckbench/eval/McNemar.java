package io.buckbench.eval;

import java.util.List;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * McNemar's exact test: do two lists of answers to the same rows differ in how many are right? Only
 * the rows where exactly one is right (discordant rows) count; without a difference each side has
 * half of them on average.
 *
 * @param onlyFirst rows that only the first list has right
 * @param onlySecond rows that only the second list has right
 * @param pValue exact, two-sided; 1 without discordant rows
 */
public record McNemar(int onlyFirst, int onlySecond, double pValue) {
  /** From the two counts that matter. */
  public static McNemar of(int onlyFirst, int onlySecond) {
    int discordant = onlyFirst + onlySecond;
    // Twice the lighter tail: at one half the distribution is symmetric, so this is the exact
    // two-sided p. The library's own two-sided test loses ties to rounding (1 against 2 and 2
    // against 1 differ there).
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
   * From right and wrong.
   *
   * @throws IllegalArgumentException if the lists differ in length
   */
  public static McNemar of(boolean[] first, boolean[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "paired lists of " + first.length + " and " + second.length + " rows");
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

  /** Against always answering yes, on the same rows. */
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
