package io.buckbench.preflight;

import java.util.Optional;

/**
 * The estimated memory that a configuration needs.
 *
 * @param configuration its id; empty for {@link #UNKNOWN}
 * @param bytes device memory, without PyTorch's own
 */
record MemoryNeed(Optional<String> configuration, long bytes) {
  /** The need of a suite of which no model is available. */
  static final MemoryNeed UNKNOWN = new MemoryNeed(Optional.empty(), 0);

  /**
   * Whether a memory is large enough. Fails if not even the lower bound of the estimate fits, and
   * warns if the estimate does not fit.
   */
  static CheckResult check(
      String check, long free, String freeWord, long needed, String what, String todo) {
    String found = Sizes.gib(free) + freeWord;
    String words = "about " + Sizes.gib(needed) + " for " + what;
    if (free >= needed) {
      return CheckResult.ok(check, found + ", " + words);
    }
    return free * MemoryEstimate.MAY_BE_HIGH < needed
        ? CheckResult.failed(check, found, words, todo)
        : CheckResult.warning(check, found, words + ", by an estimate that may be high", todo);
  }

  String words() {
    return "configuration " + configuration.orElse("none");
  }
}
