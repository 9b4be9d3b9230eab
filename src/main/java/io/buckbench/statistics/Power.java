package io.buckbench.statistics;

import io.buckbench.statistics.BinomialShare.Bound;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The power of a one-sided test of a linear statistic, if other seeds and test items vary as those
 * at hand do. With few seeds the estimated variance between seeds varies much, so the power is
 * averaged over its distribution; a row that may collapse is taken to learn as often as it did.
 */
public final class Power {
  /** The power that is called enough. */
  public static final double ENOUGH = 0.8;

  /** With fewer seeds of a trained row there is no verdict. */
  public static final int FEWEST_SEEDS = 3;

  private static final int MOST_SEEDS = 1000;

  private final Variation variation;
  private final int items;

  /**
   * A row that is planned, with numbers that are assumed.
   *
   * @param weight of its mean in the statistic
   * @param sd standard deviation of the seeds that learn
   * @param learns the probability that a seed learns; 1 if none collapses
   * @param gain what a seed that learns scores above one that collapses
   */
  public record Planned(double weight, double sd, double learns, double gain) {
    private Component component() {
      return new Component(
          weight,
          Regime.STEADY,
          FEWEST_SEEDS,
          sd * sd,
          0,
          learns == 1 && gain == 0
              ? Optional.empty()
              : Optional.of(new Mixture(learns * FEWEST_SEEDS, FEWEST_SEEDS, gain, sd * sd, 0, 0)));
    }
  }

  /**
   * The power of a statistic that is planned, from assumed numbers.
   *
   * @param rows the trained rows
   * @param items number of test items
   * @param perItem variance of what one item contributes to the statistic, over items
   */
  public static Power planned(List<Planned> rows, int items, double perItem) {
    List<Component> components = rows.stream().map(Planned::component).toList();
    return new Power(
        new Variation(components, perItem / items, new int[] {items}, new double[] {1}), items);
  }

  Power(Variation variation, int items) {
    this.variation = variation;
    this.items = items;
  }

  /** Whether the seeds show how much seeds differ. Without trained rows nothing needs to. */
  public boolean estimable() {
    return variation.rows().stream().noneMatch(Component::trained)
        ? variation.items() > 0
        : seeds() > 1 && (variation.seeds() > 0 || variation.mixed());
  }

  /** Whether no seed of a row that may collapse learned, so that what learning gains is unknown. */
  private boolean noneLearned() {
    return variation.rows().stream()
        .anyMatch(row -> row.mixture().filter(m -> m.learned() == 0).isPresent());
  }

  private int seeds() {
    return variation.rows().stream()
        .filter(Component::trained)
        .mapToInt(Component::seeds)
        .min()
        .orElse(0);
  }

  /** The power for a true distance from the value of the null hypothesis. */
  private static double of(Variation variation, double distance, double tail, boolean above) {
    double error = Math.sqrt(variation.total());
    Reach reach = variation.reach(above, tail, Bound.EXACT);
    return ChiRatio.mean(
        variation.seeds() > 0 ? variation.degreesOfFreedom() : Double.POSITIVE_INFINITY,
        ratio ->
            Quantiles.NORMAL.cumulativeProbability((distance - reach.distance(ratio)) / error));
  }

  /**
   * The smallest true distance from the null hypothesis that is found with a power of {@link
   * #ENOUGH}; NaN if it cannot be estimated.
   *
   * @param level of the one-sided test
   * @param above whether the statistic is to be found above the value of the null hypothesis
   */
  public double detectable(double level, boolean above) {
    if (!estimable() || noneLearned()) {
      return Double.NaN;
    }
    double low = 0;
    double high = 10 * variation.reach(above, level, Bound.EXACT).distance();
    while (high - low > 1e-4 * high) {
      double middle = (low + high) / 2;
      if (of(variation, middle, level, above) < ENOUGH) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * The smallest number of seeds of every trained row that finds a true distance with a power of
   * {@link #ENOUGH}; empty if no number up to {@value #MOST_SEEDS} does.
   *
   * @param distance from the value of the null hypothesis
   * @param level of the one-sided test
   * @param above whether the statistic is to be found above the value of the null hypothesis
   */
  public OptionalInt seedsFor(double distance, double level, boolean above) {
    if (!estimable()
        || seeds() == 0
        || distance <= 0
        || !found(MOST_SEEDS, distance, level, above)) {
      return OptionalInt.empty();
    }
    int low = FEWEST_SEEDS - 1;
    int high = MOST_SEEDS;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (found(middle, distance, level, above)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return OptionalInt.of(high);
  }

  private boolean found(int seeds, double distance, double level, boolean above) {
    return of(variation.withSeeds(seeds), distance, level, above) >= ENOUGH;
  }

  /** Describes the power if the statistic is a share: {@code with 3 seeds and 600 ...}. */
  public String sentence(String effect) {
    return sentence(effect, 100, "points");
  }

  /**
   * Describes the effect that would be missed.
   *
   * @param effect what it is, for example {@code a difference}
   * @param scale factor from the statistic to the unit
   * @param unit the unit of the effect
   */
  public String sentence(String effect, double scale, String unit) {
    double detectable = detectable(LinearStatistic.TAIL, true);
    if (Double.isNaN(detectable)) {
      return "what " + sizes() + " would miss cannot be estimated: " + why();
    }
    return String.format(
        Locale.ROOT,
        "with %s %s under %s %s would be missed (80 %% power at 5 %%%s)",
        sizes(),
        effect,
        new BigDecimal(scale * detectable).round(new MathContext(2)).toPlainString(),
        unit,
        seeds() == 0 ? "" : ", if other seeds differ as these do");
  }

  private String why() {
    if (seeds() == 0) {
      return "the test items do not differ";
    }
    if (seeds() == 1) {
      return "one seed does not show how seeds differ";
    }
    return noneLearned() ? "no seed learned" : "the seeds do not differ";
  }

  private String sizes() {
    String ofSeeds = seeds() == 0 ? "" : count(seeds(), "seed");
    String ofItems = items == 0 ? "" : count(items, "test item");
    return ofSeeds + (ofSeeds.isEmpty() || ofItems.isEmpty() ? "" : " and ") + ofItems;
  }

  private static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
