package io.buckbench.model.blocks;

/**
 * ALiBi: a head's attention scores fall by its slope for each token of distance (Press et al. 2022,
 * arXiv:2108.12409, section 3). The slopes are a geometric sequence; if the number of heads is not
 * a power of two, every second one of the next longer sequence follows.
 */
final class AlibiSlopes {
  private AlibiSlopes() {}

  /** One slope for each head. */
  static float[] of(int heads) {
    int power = Integer.highestOneBit(heads);
    float[] slopes = new float[heads];
    for (int i = 0; i < heads; i++) {
      slopes[i] = i < power ? slope(power, i + 1) : slope(2 * power, 2 * (i - power) + 1);
    }
    return slopes;
  }

  private static float slope(int heads, int index) {
    float base = (float) Math.pow(2, -8.0 / heads);
    return (float) Math.pow(base, index);
  }
}
