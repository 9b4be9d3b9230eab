package io.buckbench.promise;

import java.util.Arrays;
import java.util.List;

/**
 * The result of checking a promise.
 *
 * @param promise the promise
 * @param found what broke it; empty if it was kept
 */
public record PromiseCheck(Promise promise, String found) {
  /** Checks every promise that is about this work, in display order. */
  public static List<PromiseCheck> all(Work work) {
    return Arrays.stream(Promise.values())
        .filter(promise -> promise.appliesTo(work))
        .map(promise -> new PromiseCheck(promise, promise.broken(work)))
        .toList();
  }

  /** The promises that were broken. */
  public static List<PromiseCheck> broken(Work work) {
    return all(work).stream().filter(check -> !check.kept()).toList();
  }

  /** Whether the promise was kept. */
  public boolean kept() {
    return found.isEmpty();
  }

  /** The message for a broken promise: where, which promise, what was found, what to do. */
  public String line(String where) {
    return "promise broken: %s, \"%s\": %s; %s".formatted(where, promise, found, promise.todo());
  }

  /** The promise and what was found, such as {@code the trial completed: it failed: no memory}. */
  @Override
  public String toString() {
    return promise + ": " + (kept() ? "kept" : found);
  }
}
