package io.buckbench.data.control;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws from a seeded generator. */
final class Draw {
  private final SplittableRandom random;

  /** A generator of its own for each (seed, stream): neither order nor neighbours matter. */
  Draw(long seed, long stream) {
    // The golden-ratio step keeps the streams of one seed apart; the split mixes the low bits.
    random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + stream).split();
  }

  /** True with the given probability. */
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From {@code least} to {@code most}, both included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** Uniform in [0, 1). */
  double unit() {
    return random.nextDouble();
  }

  /** One of the items. */
  <T> T one(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  /** Different items, in random order. */
  <T> List<T> some(List<T> items, int count) {
    List<T> pool = shuffled(items);
    return pool.subList(0, count);
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
