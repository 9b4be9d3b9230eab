package io.buckbench.eval;

import io.buckbench.statistics.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The accuracy of a configuration and its cost on a price card.
 *
 * @param configuration the configuration's id
 * @param priceCard the price card's id
 * @param usd the cost of a trial
 * @param accuracy mean over the seeds with its 95 % interval
 */
public record PaidAccuracy(
    String configuration, String priceCard, BigDecimal usd, Interval accuracy) {

  /** Larger than the rounding errors of shares, smaller than one item of a million. */
  private static final double ROUNDING = 1e-9;

  /** Cheapest first, then most accurate first. */
  public static final Comparator<PaidAccuracy> BY_COST =
      Comparator.comparing(PaidAccuracy::usd)
          .thenComparing(p -> -p.accuracy().estimate())
          .thenComparing(PaidAccuracy::configuration)
          .thenComparing(PaidAccuracy::priceCard);

  /**
   * The Pareto front by mean accuracy: those whose accuracy no other reaches at the same or a lower
   * cost. Of several with the same accuracy and cost, the first by name.
   *
   * @return cheapest first, so in increasing order of accuracy
   */
  public static List<PaidAccuracy> front(Collection<PaidAccuracy> all) {
    List<PaidAccuracy> front = new ArrayList<>();
    for (PaidAccuracy paid : all.stream().sorted(BY_COST).toList()) {
      if (front.isEmpty()
          || paid.accuracy().estimate() > front.get(front.size() - 1).accuracy().estimate()) {
        front.add(paid);
      }
    }
    return List.copyOf(front);
  }

  /**
   * The cheapest that reaches an accuracy.
   *
   * @param accuracy the accuracy to reach, 0 to 1
   * @param reached the part of the interval that must reach it: {@link Interval#low} for 95 %
   *     confidence over seeds and test items, {@link Interval#estimate} for the mean
   */
  public static Optional<PaidAccuracy> cheapest(
      Collection<PaidAccuracy> all, double accuracy, ToDoubleFunction<Interval> reached) {
    return all.stream()
        .filter(paid -> reaches(reached.applyAsDouble(paid.accuracy()), accuracy))
        .min(BY_COST);
  }

  /** Whether a share is at least another, up to rounding errors. */
  public static boolean reaches(double share, double wanted) {
    return share >= wanted - ROUNDING;
  }
}
