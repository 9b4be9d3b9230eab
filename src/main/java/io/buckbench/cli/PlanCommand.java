package io.buckbench.cli;

import io.buckbench.experiment.Benchmarks;
import io.buckbench.experiment.Suite;
import io.buckbench.experiment.SuitePlan;
import io.buckbench.table.Problems;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plan SUITE}: what it would cost. Nothing is spent. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Steps, hours and dollars that a suite would take; nothing is spent.")
final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SUITE", description = "a name under benchmarks/, such as smoke")
  private String suite;

  @Mixin private ProjectFolders project;

  @Override
  public Integer call() {
    Problems problems = new Problems();
    Benchmarks benchmarks = project.benchmarks(problems);
    Suite declared = Suite.read(benchmarks.suiteFile(suite), benchmarks, problems);
    problems.throwIfAny();
    SuitePlan plan = SuitePlan.of(declared);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%-28s %6s %8s %10s %12s%n", "row", "seeds", "steps", "hours", "usd");
    for (SuitePlan.Row row : plan.rows()) {
      out.printf(
          Locale.ROOT,
          "%-28s %6d %8s %10.4f %12.6f%n",
          row.experiment(),
          row.seeds(),
          row.steps().map(String::valueOf).orElse("?"),
          row.hours(),
          row.usd());
    }
    out.printf(
        Locale.ROOT,
        "%-28s %6d %8s %10.4f %12.6f%n",
        "total",
        plan.trials(),
        "",
        plan.hours(),
        plan.usd());
    return BuckBench.OK;
  }
}
