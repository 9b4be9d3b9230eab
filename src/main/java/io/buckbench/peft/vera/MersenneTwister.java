package io.buckbench.peft.vera;

/**
 * The generator MT19937 (Matsumoto and Nishimura 1998), which PyTorch uses on a CPU. Java has none.
 */
final class MersenneTwister {
  private static final int WORDS = 624;
  private static final int SHIFT = 397;

  private final int[] state = new int[WORDS];
  private int used = WORDS;

  /**
   * @param seed of which the lower 32 bits count, as in PyTorch
   */
  MersenneTwister(long seed) {
    state[0] = (int) seed;
    for (int i = 1; i < WORDS; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
    }
  }

  /** The next 32 random bits. */
  int next() {
    if (used == WORDS) {
      refill();
    }
    int y = state[used++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9d2c5680;
    y ^= y << 15 & 0xefc60000;
    return y ^ y >>> 18;
  }

  private void refill() {
    for (int i = 0; i < WORDS; i++) {
      int y = state[i] & 0x80000000 | state[(i + 1) % WORDS] & 0x7fffffff;
      state[i] = state[(i + SHIFT) % WORDS] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
    }
    used = 0;
  }
}
