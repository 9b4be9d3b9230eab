package io.buckbench.budget;

/** A clock that a test advances. */
final class FakeClock {
  private long nanos = 12_345;

  void passes(double seconds) {
    nanos += Math.round(seconds * 1e9);
  }

  long nanos() {
    return nanos;
  }
}
