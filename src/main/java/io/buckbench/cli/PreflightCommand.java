package io.buckbench.cli;

import io.buckbench.preflight.Preflight;
import io.buckbench.preflight.PreflightReport;
import io.buckbench.trial.TrialRunner;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code preflight SUITE}: whether a suite can run on this machine. Nothing is trained. */
@Command(
    name = "preflight",
    mixinStandardHelpOptions = true,
    description = "Driver, GPU, memory, disk, models and data: whether a suite can run here.")
final class PreflightCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SUITE", description = "a name under benchmarks/, such as smoke")
  private String suite;

  @Mixin private ProjectFolders project;

  @Override
  public Integer call() {
    ProjectFolders.Declared declared = project.declared(suite);
    try (TrialRunner runner = new TrialRunner(declared.benchmarks())) {
      PreflightReport report =
          Preflight.here(project.store().directory(), runner).of(declared.suite());
      PrintWriter out = spec.commandLine().getOut();
      out.print(report.table());
      out.flush();
      return report.passed() ? BuckBench.OK : BuckBench.INVALID_INPUT;
    }
  }
}
