package io.buckbench.eval;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A way to an accuracy, and what it costs.
 *
 * @param configuration what was trained and how
 * @param priceCard what it was paid by
 * @param usd what one trial costs
 * @param accuracy mean over the seeds with its 95 % interval
 */
public record PaidAccuracy(
    String configuration, String priceCard, BigDecimal usd, Interval accuracy) {

  /** Sums of shares have rounding errors of a few ulps; one row of a million would be 1e-6. */
  private static final double ROUNDING = 1e-9;

  /** Cheapest first; of equally cheap ones the more accurate. */
  public static final Comparator<PaidAccuracy> BY_COST =
      Comparator.comparing(PaidAccuracy::usd)
          .thenComparing(p -> -p.accuracy().estimate())
          .thenComparing(PaidAccuracy::configuration)
          .thenComparing(PaidAccuracy::priceCard);

  /**
   * The Pareto front by mean accuracy: ways that no other one matches for the same money or less.
   * Of equally accurate and equally cheap ones the first by name.
   *
   * @return cheapest first, so with rising accuracy
   */
  public static List<PaidAccuracy> front(Collection<PaidAccuracy> ways) {
    List<PaidAccuracy> front = new ArrayList<>();
    for (PaidAccuracy way : ways.stream().sorted(BY_COST).toList()) {
      if (front.isEmpty()
          || way.accuracy().estimate() > front.get(front.size() - 1).accuracy().estimate()) {
        front.add(way);
      }
    }
    return List.copyOf(front);
  }

  /**
   * The cheapest way to an accuracy.
   *
   * @param accuracy wanted, 0 to 1
   * @param reached which part of the interval has to reach it: {@link Interval#low} for a way that
   *     reaches it with 95 % confidence over seeds and test items, {@link Interval#estimate} for
   *     one that reaches it on average
   */
  public static Optional<PaidAccuracy> cheapest(
      Collection<PaidAccuracy> ways, double accuracy, ToDoubleFunction<Interval> reached) {
    return ways.stream()
        .filter(way -> reaches(reached.applyAsDouble(way.accuracy()), accuracy))
        .min(BY_COST);
  }

  /** Whether a share of rows reaches another: 28 of 40, averaged over three seeds, is 0.7. */
  public static boolean reaches(double share, double wanted) {
    return share >= wanted - ROUNDING;
  }
}
