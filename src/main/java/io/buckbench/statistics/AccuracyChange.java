package io.buckbench.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The change of accuracy between two sets of trials of one row on the same test items. Only the
 * trainings vary. It is tested whether the accuracy fell (or rose) by more than a margin:
 *
 * <ul>
 *   <li>Over the trials that did not collapse, by Student's t test of all trials, and by a paired t
 *       test of the seeds that both sides have. Another machine may repeat a seed's result or draw
 *       a new one; the smaller p value, doubled, is valid for both.
 *   <li>If any trial collapsed, Fisher's exact test of how many did. The smaller p value of both
 *       parts is doubled again.
 * </ul>
 *
 * @param interval after minus before over the trials that did not collapse, with its 95 % interval;
 *     without ends if the trials do not show how trials differ, {@link Interval#NONE} if one side
 *     has none
 * @param pDrop p value of "it did not fall by more than the margin, and no more trials collapse";
 *     NaN if nothing can be tested
 * @param pRise p value of "it did not rise by more than the margin, and no fewer trials collapse"
 * @param collapse how many trials collapsed; empty if none did
 * @param standardError of the change over the trials that did not collapse; NaN if not tested
 * @param degreesOfFreedom of its pooled test; 0 if not tested
 */
public record AccuracyChange(
    Interval interval,
    double pDrop,
    double pRise,
    Optional<Collapses> collapse,
    double standardError,
    int degreesOfFreedom) {
  private static final double ROUNDING = 1e-12;

  /**
   * One trial.
   *
   * @param seed trials of one seed are paired
   * @param accuracy 0 to 1
   * @param collapsed whether it collapsed to one answer
   */
  public record Outcome(long seed, double accuracy, boolean collapsed) {}

  /**
   * How many trials did not collapse.
   *
   * @param pFewer exact one-sided p value of "as many learn as before" against fewer
   * @param pMore the same against more
   */
  public record Collapses(
      int learnedBefore, int before, int learnedAfter, int after, double pFewer, double pMore) {
    static Collapses of(int learnedBefore, int before, int learnedAfter, int after) {
      HypergeometricDistribution learned =
          HypergeometricDistribution.of(before + after, learnedBefore + learnedAfter, after);
      return new Collapses(
          learnedBefore,
          before,
          learnedAfter,
          after,
          learned.cumulativeProbability(learnedAfter),
          learned.survivalProbability(learnedAfter - 1));
    }

    @Override
    public String toString() {
      return "%d of %d seeds learned against %d of %d accepted"
          .formatted(learnedAfter, after, learnedBefore, before);
    }
  }

  /** One-sided p values of a t statistic; NaN if there is none. */
  private record Tested(double drop, double rise) {
    static final Tested NOT = new Tested(Double.NaN, Double.NaN);

    static Tested of(double change, double margin, double error, int degreesOfFreedom) {
      if (degreesOfFreedom == 0) {
        return NOT;
      }
      if (error == 0) {
        return certain(change, margin);
      }
      TDistribution t = TDistribution.of(degreesOfFreedom);
      return new Tested(
          t.cumulativeProbability((change + margin) / error),
          t.survivalProbability((change - margin) / error));
    }

    /** For trials that do not vary. */
    static Tested certain(double change, double margin) {
      return new Tested(change < -margin - ROUNDING ? 0 : 1, change > margin + ROUNDING ? 0 : 1);
    }

    /**
     * Two tests of the same hypothesis by Bonferroni's correction. It is made even if one of them
     * turns out to be impossible, because whether it does depends on the outcome.
     */
    Tested or(Tested other) {
      return new Tested(smaller(drop, other.drop), smaller(rise, other.rise));
    }

    private static double smaller(double one, double other) {
      double min = Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.min(one, other);
      return Math.min(1, 2 * min);
    }
  }

  /**
   * Compares two sets of trials.
   *
   * @param before all accepted trials, at least one
   * @param after the trials run again, at least one
   * @param margin a change by up to this share is allowed
   * @param leastVariance the variance of a trial's accuracy is at least this, see {@link
   *     Disagreement}
   * @param fixed whether nothing is trained, so that trials cannot vary; then none may be marked as
   *     collapsed
   */
  public static AccuracyChange of(
      List<Outcome> before,
      List<Outcome> after,
      double margin,
      double leastVariance,
      boolean fixed) {
    double[] then = learned(before);
    double[] now = learned(after);
    Optional<Collapses> collapses =
        then.length < before.size() || now.length < after.size()
            ? Optional.of(Collapses.of(then.length, before.size(), now.length, after.size()))
            : Optional.empty();
    double change = Moments.mean(now) - Moments.mean(then);
    int degrees = then.length == 0 || now.length == 0 ? 0 : then.length + now.length - 2;
    double variance =
        degrees == 0 ? 0 : Math.max((squares(then) + squares(now)) / degrees, leastVariance);
    double error = Math.sqrt(variance * (1.0 / then.length + 1.0 / now.length));
    Tested tested = tested(before, after, margin, fixed, change, error, degrees);
    tested = collapses.map(c -> new Tested(c.pFewer(), c.pMore())).map(tested::or).orElse(tested);
    return new AccuracyChange(
        interval(change, error, degrees),
        tested.drop(),
        tested.rise(),
        collapses,
        error > 0 ? error : Double.NaN,
        error > 0 ? degrees : 0);
  }

  /** The test over the trials that did not collapse. */
  private static Tested tested(
      List<Outcome> before,
      List<Outcome> after,
      double margin,
      boolean fixed,
      double change,
      double error,
      int degrees) {
    if (fixed) {
      return Tested.certain(change, margin);
    }
    if (error == 0 && after.stream().filter(t -> !t.collapsed()).count() < 2) {
      // One trained trial does not show how trials differ.
      return Tested.NOT;
    }
    Tested pooled = Tested.of(change, margin, error, degrees);
    Set<Long> seeds = before.stream().map(Outcome::seed).collect(Collectors.toSet());
    boolean pairs = after.stream().filter(now -> seeds.contains(now.seed())).count() >= 2;
    return pairs ? pooled.or(paired(before, after, margin)) : pooled;
  }

  private static Interval interval(double change, double error, int degrees) {
    double half = error > 0 ? Quantiles.t(degrees, LinearStatistic.TAIL) * error : Double.NaN;
    return new Interval(change, change - half, change + half);
  }

  /** The paired test of the seeds that did not collapse on either side, two at least. */
  private static Tested paired(List<Outcome> before, List<Outcome> after, double margin) {
    List<Double> differences = new ArrayList<>();
    for (Outcome now : after) {
      before.stream()
          .filter(then -> then.seed() == now.seed() && !then.collapsed() && !now.collapsed())
          .findFirst()
          .ifPresent(then -> differences.add(now.accuracy() - then.accuracy()));
    }
    if (differences.size() < 2) {
      return Tested.NOT;
    }
    double[] d = differences.stream().mapToDouble(Double::doubleValue).toArray();
    double error = Math.sqrt(Moments.variance(d) / d.length);
    return Tested.of(Moments.mean(d), margin, error < ROUNDING ? 0 : error, d.length - 1);
  }

  private static double[] learned(List<Outcome> trials) {
    return trials.stream().filter(t -> !t.collapsed()).mapToDouble(Outcome::accuracy).toArray();
  }

  private static double squares(double[] values) {
    return values.length < 2 ? 0 : Moments.variance(values) * (values.length - 1);
  }

  /**
   * The smallest true drop of the trials that do not collapse that a test at a level finds with a
   * power of 80 %; NaN if the trials do not show how trials differ.
   *
   * @param level of the one-sided test
   * @param margin the drop that is allowed
   */
  public double detectable(double level, double margin) {
    if (degreesOfFreedom == 0) {
      return Double.NaN;
    }
    // The pooled test at half the level, because the paired one is done too.
    return margin + standardError * TTest.detectable(degreesOfFreedom, level / 2, Power.ENOUGH);
  }
}
