package io.buckbench.parity;

/**
 * How far numbers are from a reference.
 *
 * @param absolute largest difference of any element
 * @param relative largest difference in a tensor over the tensor's largest magnitude, the worst of
 *     all tensors
 */
record Deviation(double absolute, double relative) {
  static final Deviation NONE = new Deviation(0, 0);

  /** One number against its reference. */
  static Deviation of(double ours, double reference) {
    return of(new double[] {ours}, new double[] {reference});
  }

  /** One tensor against its reference; not-a-number anywhere is infinitely far. */
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

  /** The worse of both, each way. */
  Deviation and(Deviation other) {
    return new Deviation(Math.max(absolute, other.absolute), Math.max(relative, other.relative));
  }
}
