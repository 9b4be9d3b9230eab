package io.buckbench.parity;

/**
 * The deviation of numbers from a reference.
 *
 * @param absolute largest difference of any element
 * @param relative largest difference in a tensor divided by the tensor's largest magnitude; the
 *     largest of all tensors
 */
record Deviation(double absolute, double relative) {
  static final Deviation NONE = new Deviation(0, 0);

  /** The deviation of one number. */
  static Deviation of(double ours, double reference) {
    return of(new double[] {ours}, new double[] {reference});
  }

  /** The deviation of one tensor; infinite if a number is NaN. */
  static Deviation of(double[] ours, double[] reference) {
    if (ours.length != reference.length) {
      return new Deviation(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double worst = 0;
    double scale = 0;
    for (int i = 0; i < ours.length; i++) {
      double difference = Math.abs(ours[i] - reference[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
      scale = Math.max(scale, Math.abs(reference[i]));
    }
    return new Deviation(worst, worst == 0 ? 0 : worst / scale);
  }

  /** The larger of both deviations. */
  Deviation and(Deviation other) {
    return new Deviation(Math.max(absolute, other.absolute), Math.max(relative, other.relative));
  }
}
