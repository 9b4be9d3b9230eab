package io.buckbench.parity;

/** How far two lists of numbers lie apart. */
final class Difference {
  private Difference() {}

  /** Largest |ours - theirs|; not a number if either holds one. */
  static double largest(float[] ours, float[] theirs) {
    double largest = 0;
    for (int i = 0; i < theirs.length; i++) {
      double gap = Math.abs((double) ours[i] - theirs[i]);
      largest = Double.isNaN(gap) ? Double.NaN : Math.max(largest, gap);
    }
    return ours.length == theirs.length ? largest : Double.NaN;
  }

  /** The same against a float64 yardstick. */
  static double largest(float[] ours, double[] yardstick) {
    double largest = 0;
    for (int i = 0; i < yardstick.length; i++) {
      double gap = Math.abs(ours[i] - yardstick[i]);
      largest = Double.isNaN(gap) ? Double.NaN : Math.max(largest, gap);
    }
    return ours.length == yardstick.length ? largest : Double.NaN;
  }

  /** Largest difference over the largest value of theirs. */
  static double relative(float[] ours, float[] theirs) {
    double scale = largest(new float[theirs.length], theirs);
    return largest(ours, theirs) / scale;
  }

  static double relative(double ours, double theirs) {
    return Math.abs(ours - theirs) / Math.abs(theirs);
  }
}
