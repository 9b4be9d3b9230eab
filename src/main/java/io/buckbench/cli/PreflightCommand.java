package io.buckbench.cli;

import io.buckbench.preflight.Preflight;
import io.buckbench.preflight.PreflightReport;
import io.buckbench.suite.Project;
import io.buckbench.trial.TrialRunner;
import picocli.CommandLine.Command;

/** {@code preflight SUITE}: checks whether a suite can run on this machine. Nothing is trained. */
@Command(
    name = "preflight",
    description = "Check driver, GPU, memory, disk, models and data: whether a suite can run here.")
final class PreflightCommand extends SuiteCommand {
  @Override
  public Integer call() {
    Project project = project();
    Project.Declared declared = project.declared(suite);
    try (TrialRunner runner = new TrialRunner(declared.benchmarks())) {
      PreflightReport report =
          Preflight.here(project.store().directory(), runner, declared.suite(), false)
              .of(declared.suite());
      out().print(report.table());
      out().flush();
      return report.passed() ? BuckBench.OK : BuckBench.INVALID_INPUT;
    }
  }
}
