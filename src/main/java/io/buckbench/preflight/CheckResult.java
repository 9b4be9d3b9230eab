package io.buckbench.preflight;

import io.buckbench.input.Problem;

/**
 * The result of one check.
 *
 * @param check its name, for example {@code compute capability}
 * @param outcome its outcome
 * @param found what was found
 * @param expected what was expected; empty if it was found
 * @param todo what to do next; empty if there is nothing to do
 */
public record CheckResult(
    String check, CheckOutcome outcome, String found, String expected, String todo) {

  static CheckResult ok(String check, String found) {
    return new CheckResult(check, CheckOutcome.OK, found, "", "");
  }

  static CheckResult notNeeded(String check) {
    return new CheckResult(
        check, CheckOutcome.NOT_NEEDED, "the requested device is the CPU", "", "");
  }

  static CheckResult warning(String check, String found, String expected, String todo) {
    return new CheckResult(check, CheckOutcome.WARNING, found, expected, todo);
  }

  static CheckResult failed(String check, String found, String expected, String todo) {
    return new CheckResult(check, CheckOutcome.FAILED, found, expected, todo);
  }

  /** The result as an error. */
  public Problem problem() {
    return new Problem("preflight, " + check, found, expected, todo);
  }
}
