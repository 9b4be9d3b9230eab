package io.buckbench.statistics;

import io.buckbench.statistics.BinomialShare.Bound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A weighted sum of rows' means: a mean, a difference, a slope. Both seeds and test items are
 * samples. Rows may have different numbers of seeds; the items are the same for all rows.
 *
 * <p>Its bounds combine a Student's t bound over seeds with a normal bound over items. For a row
 * that may collapse, a bound of the probability of learning takes the place of the t bound. The
 * bounds of one row's share are those of Clopper and Pearson (1934) for the effective number of
 * items, as in Korn and Graubard (1998). A test at a level rejects what the bound at that level
 * excludes, so intervals and p values agree. {@code docs/statistics.md} has the formulas.
 */
public final class LinearStatistic {
  /** The probability above a 95 % interval, and the same below it. */
  static final double TAIL = 0.025;

  private static final double SMALLEST_P = 1e-16;
  private static final int BISECTIONS = 60;

  private final double estimate;
  private final Variation variation;
  private final boolean share;
  private final boolean bounded;
  private final int items;

  /** A row and the weight of its mean. */
  public record Term(double weight, Sample row) {}

  private LinearStatistic(List<Term> terms) {
    Sample first = terms.get(0).row();
    boolean own = terms.size() == 1 && terms.get(0).weight() == 1;
    double[] items = new double[first.items()];
    double sum = 0;
    List<Component> rows = new ArrayList<>();
    for (Term term : terms) {
      requireSameItems(first, term.row());
      double[] means = term.row().itemMeans();
      for (int i = 0; i < items.length; i++) {
        items[i] += term.weight() * means[i];
      }
      sum += term.weight() * term.row().mean();
      rows.add(Component.of(term.weight(), term.row()));
    }
    int[] sizes = new int[first.classWeights().length];
    double variance = 0;
    for (int c = 0; c < sizes.length; c++) {
      double[] inClass = ofClass(items, first.classOf(), c);
      sizes[c] = inClass.length;
      double weight = first.classWeights()[c];
      variance += sizes[c] < 2 ? 0 : weight * weight * Moments.variance(inClass) / sizes[c];
    }
    this.estimate = sum;
    this.items = items.length;
    this.variation = new Variation(rows, variance, sizes, first.classWeights());
    this.bounded = own && items.length > 0;
    this.share = own && first.share() && !variation.mixed();
  }

  /** The statistic of some rows. */
  public static LinearStatistic of(List<Term> terms) {
    return new LinearStatistic(terms);
  }

  /** The mean of one row. */
  public static LinearStatistic mean(Sample row) {
    return of(List.of(new Term(1, row)));
  }

  /** The mean of the first row minus that of the second. */
  public static LinearStatistic difference(Sample first, Sample second) {
    return of(List.of(new Term(1, first), new Term(-1, second)));
  }

  private static void requireSameItems(Sample one, Sample other) {
    if (!Arrays.equals(one.classOf(), other.classOf())) {
      throw new IllegalArgumentException(
          "rows of "
              + one.items()
              + " and "
              + other.items()
              + " test items, or of items of other classes, cannot be compared");
    }
  }

  private static double[] ofClass(double[] values, int[] classOf, int c) {
    double[] some = new double[values.length];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (classOf[i] == c) {
        some[n++] = values[i];
      }
    }
    return Arrays.copyOf(some, n);
  }

  /** The estimate. */
  public double estimate() {
    return estimate;
  }

  /** Number of test items; 0 if the statistic is not computed from answers. */
  public int items() {
    return items;
  }

  Variation variation() {
    return variation;
  }

  /** The smallest number of seeds of a trained row; 0 if no row is trained. */
  public int seeds() {
    return variation.rows().stream()
        .filter(Component::trained)
        .mapToInt(Component::seeds)
        .min()
        .orElse(0);
  }

  /** The 95 % interval. */
  public Interval interval() {
    return interval(TAIL);
  }

  /**
   * An interval.
   *
   * @param tail the probability that the true value is above it, and the same for below
   * @return without ends if there is nothing to estimate them from
   */
  public Interval interval(double tail) {
    double low = bound(true, tail, Bound.JEFFREYS);
    double high = bound(false, tail, Bound.JEFFREYS);
    return new Interval(
        estimate,
        bounded ? Math.max(0, Math.min(estimate, low)) : low,
        bounded ? Math.min(1, Math.max(estimate, high)) : high);
  }

  private double bound(boolean down, double tail, Bound bound) {
    if (!share) {
      double reach = variation.reach(down, tail, bound).distance();
      return down ? estimate - reach : estimate + reach;
    }
    if (seeds() == 1) {
      Interval wilson = Interval.wilson(estimate * items, items, Quantiles.z(tail));
      return down ? wilson.low() : wilson.high();
    }
    return BinomialShare.end(
        down, estimate, items, variation.reach(down, tail, bound).distance(), tail);
  }

  /** One-sided p value of the null hypothesis that the true value is at most the given one. */
  public double pAbove(double value) {
    return estimate > value ? tail(value) : 1 - tail(value);
  }

  /** One-sided p value of the null hypothesis that the true value is at least the given one. */
  public double pBelow(double value) {
    return estimate < value ? tail(value) : 1 - tail(value);
  }

  /** The smallest tail whose bound excludes a value; NaN if there are no bounds. */
  private double tail(double value) {
    boolean down = estimate > value;
    if (Double.isNaN(bound(down, TAIL, Bound.EXACT))) {
      return Double.NaN;
    }
    double low = Math.log(SMALLEST_P);
    double high = Math.log(0.5);
    for (int i = 0; i < BISECTIONS && estimate != value; i++) {
      double middle = (low + high) / 2;
      double level = Math.exp(middle);
      if (down ? isAbove(value, level) : isBelow(value, level)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Math.exp(high);
  }

  /** Whether a one-sided test at a level finds the true value above the given one. */
  public boolean isAbove(double value, double level) {
    return bound(true, level, Bound.EXACT) > value;
  }

  /** Whether a one-sided test at a level finds the true value below the given one. */
  public boolean isBelow(double value, double level) {
    return bound(false, level, Bound.EXACT) < value;
  }

  /** What other numbers of seeds would find. */
  public Power power() {
    return new Power(variation, items);
  }
}
