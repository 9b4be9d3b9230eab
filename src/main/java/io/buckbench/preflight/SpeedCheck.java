package io.buckbench.preflight;

import io.buckbench.budget.SpeedOrigins;
import io.buckbench.suite.Suite;

/** Checks whether the speeds that plan a suite's rows come from the same calibration. */
final class SpeedCheck {
  private SpeedCheck() {}

  static CheckResult of(Suite suite) {
    String check = "recorded speeds";
    SpeedOrigins origins = suite.speedOrigins();
    return origins.same()
        ? CheckResult.ok(check, origins.toString())
        : CheckResult.warning(
            check,
            origins.toString(),
            "one calibration for all rows",
            "calibrate " + suite.name() + " --write, and name its rows in the column throughput");
  }
}
