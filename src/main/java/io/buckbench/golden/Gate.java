package io.buckbench.golden;

/**
 * What a comparison allows, fixed before it is made.
 *
 * @param marginPoints a change of accuracy up to this many points is allowed
 * @param level the chance, over all rows of a suite together, that a suite without a change has a
 *     row called regressed; the same again for improved
 */
public record Gate(double marginPoints, double level) {
  /** One point; five of a hundred comparisons without a change. */
  public static final Gate DEFAULT = new Gate(1, 0.05);

  /**
   * @throws IllegalArgumentException if the margin is negative or the level no probability
   */
  public Gate {
    if (!(marginPoints >= 0)) {
      throw new IllegalArgumentException("marginPoints: found " + marginPoints + ", at least 0");
    }
    if (!(level > 0 && level < 0.5)) {
      throw new IllegalArgumentException("level: found " + level + ", between 0 and 0.5");
    }
  }
}
