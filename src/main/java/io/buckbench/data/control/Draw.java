package io.buckbench.data.control;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random draws from a seeded generator. */
final class Draw {
  private final SplittableRandom random;

  /** Creates an independent generator for a seed and a stream. */
  Draw(long seed, long stream) {
    // The golden-ratio multiplier separates the streams of a seed; the split mixes the low bits.
    random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + stream).split();
  }

  /** True with the given probability. */
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A number from {@code least} to {@code most}, both included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** A number that is uniform in [0, 1). */
  double unit() {
    return random.nextDouble();
  }

  /** One of the items. */
  <T> T one(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  /** A number of different items, in random order. */
  <T> List<T> some(List<T> items, int count) {
    return shuffled(items).subList(0, count);
  }

  /** A copy in random order. */
  <T> List<T> shuffled(List<T> items) {
    List<T> copy = new ArrayList<>(items);
    for (int i = copy.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      T held = copy.get(i);
      copy.set(i, copy.get(j));
      copy.set(j, held);
    }
    return copy;
  }
}
