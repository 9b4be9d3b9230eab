package io.buckbench.endurance;

/**
 * How much is tried: a small scale for each build, or a large one with {@code -Dendurance=large}.
 */
final class Scale {
  private static final boolean LARGE = "large".equals(System.getProperty("endurance"));

  private Scale() {}

  /** A number at the scale of this run. */
  static int of(int small, int large) {
    return LARGE ? large : small;
  }

  /** The seed of all that is random, {@code -Dendurance.seed}. */
  static long seed() {
    return Long.getLong("endurance.seed", 1);
  }
}
