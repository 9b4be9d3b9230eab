package io.buckbench.statistics;

import io.buckbench.statistics.BinomialShare.Bound;
import java.util.Locale;

/** What the seeds of a row say about other seeds, in words. */
final class Basis {
  private Basis() {}

  static String words(Sample row) {
    if (row.regime() == Regime.FIXED) {
      return "";
    }
    if (row.seeds() == 1) {
      return "one seed says nothing about other seeds";
    }
    String few = row.seeds() == 2 ? "; two seeds are too few for a verdict" : "";
    return Mixture.of(row).map(m -> learned(m, row.seeds())).orElseGet(() -> alike(row)) + few;
  }

  private static String learned(Mixture mixture, int seeds) {
    int learned = (int) Math.rint(mixture.learned());
    double low = Bound.EXACT.low(learned, seeds, LinearStatistic.TAIL);
    double high = Bound.EXACT.high(learned, seeds, LinearStatistic.TAIL);
    String counted = learned + " of " + seeds + " seeds learned";
    if (learned == 0) {
      return String.format(
          Locale.ROOT, "%s, but up to %.0f %% of seeds may, to any score", counted, 100 * high);
    }
    return learned == seeds
        ? String.format(
            Locale.ROOT,
            "%s, but up to %.0f %% of seeds may still collapse",
            counted,
            100 * (1 - low))
        : String.format(
            Locale.ROOT, "%s, so %.0f to %.0f %% of seeds do", counted, 100 * low, 100 * high);
  }

  private static String alike(Sample row) {
    if (Moments.variance(row.perSeed()) == 0) {
      return "all " + row.seeds() + " seeds scored alike";
    }
    return row.regime() == Regime.PRONE
        ? row.seeds() + " seeds with more than two endings"
        : row.seeds() + " seeds, if every seed trains alike";
  }
}
