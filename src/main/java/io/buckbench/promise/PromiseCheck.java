package io.buckbench.promise;

import java.util.Arrays;
import java.util.List;

/**
 * A promise, checked.
 *
 * @param promise which
 * @param found what broke it; the empty string where it was kept
 */
public record PromiseCheck(Promise promise, String found) {
  /** Every promise in the order of the list. */
  public static List<PromiseCheck> all(Work work) {
    return Arrays.stream(Promise.values())
        .map(promise -> new PromiseCheck(promise, promise.broken(work)))
        .toList();
  }

  /** Those that were broken. */
  public static List<PromiseCheck> broken(Work work) {
    return all(work).stream().filter(check -> !check.kept()).toList();
  }

  /** Whether nothing was found that broke it. */
  public boolean kept() {
    return found.isEmpty();
  }

  /** What to say of a broken promise: where, which one, what was found, what to do. */
  public String line(String where) {
    return "promise broken: %s, \"%s\": %s; %s".formatted(where, promise, found, promise.todo());
  }

  /** The promise and what was found, such as {@code the trial completed: it failed: no memory}. */
  @Override
  public String toString() {
    return promise + ": " + (kept() ? "kept" : found);
  }
}
