package io.buckbench.simulation;

import java.util.SplittableRandom;

/**
 * Test items of different difficulty: a seed is right on an item with the probability logistic(a +
 * slope z), where z is standard normal and a gives the seed's accuracy over all items. A steep
 * slope makes seeds agree on which items are easy.
 */
final class ItemModel {
  /** Answers of two seeds correlate by 0.93 over items, as on the control task. */
  static final ItemModel ALIKE = new ItemModel("0.93", 24.4);

  /** Answers of two seeds correlate by 0.30, the stress case. */
  static final ItemModel UNLIKE = new ItemModel("0.30", 1.71);

  /** Correlation of an item's difficulty with always yes being right on it. */
  private static final double WITH_YES = 0.8;

  /** The standard normal quantile of {@link Population#ALL_YES}. */
  private static final double YES_FROM = Normal.quantile(Population.ALL_YES);

  private static final int SHIFTS = 1201;
  private static final int NODES = 801;

  private final String correlation;
  private final double slope;
  private final double[] accuracies = new double[SHIFTS];

  private ItemModel(String correlation, double slope) {
    this.correlation = correlation;
    this.slope = slope;
    double weights = 0;
    for (int k = 0; k < NODES; k++) {
      double z = -8 + 16.0 * k / (NODES - 1);
      double weight = Math.exp(-z * z / 2);
      weights += weight;
      for (int i = 0; i < SHIFTS; i++) {
        accuracies[i] += weight * logistic(shift(i) + slope * z);
      }
    }
    for (int i = 0; i < SHIFTS; i++) {
      accuracies[i] /= weights;
    }
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private double shift(double i) {
    double farthest = 10 + 6 * slope;
    return -farthest + 2 * farthest * i / (SHIFTS - 1);
  }

  /** The shift that gives an accuracy over all items, by linear interpolation. */
  private double shiftFor(double accuracy) {
    int low = 0;
    int high = SHIFTS - 1;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (accuracies[middle] <= accuracy) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return shift(low + (accuracy - accuracies[low]) / (accuracies[high] - accuracies[low]));
  }

  String correlation() {
    return correlation;
  }

  /** Draws items: the easiness of each. */
  double[] items(int n, SplittableRandom random) {
    double[] easiness = new double[n];
    for (int i = 0; i < n; i++) {
      easiness[i] = random.nextGaussian();
    }
    return easiness;
  }

  /** Draws on which items always yes is right; it is more often on easy ones. */
  double[] allYes(double[] easiness, SplittableRandom random) {
    double[] right = new double[easiness.length];
    for (int i = 0; i < right.length; i++) {
      double own = Math.sqrt(1 - WITH_YES * WITH_YES) * random.nextGaussian();
      right[i] = WITH_YES * easiness[i] + own > -YES_FROM ? 1 : 0;
    }
    return right;
  }

  /** Draws on which items a seed with this accuracy is right. */
  double[] answers(double accuracy, double[] easiness, SplittableRandom random) {
    double shift = shiftFor(accuracy);
    double[] right = new double[easiness.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = random.nextDouble() < logistic(shift + slope * easiness[i]) ? 1 : 0;
    }
    return right;
  }
}
