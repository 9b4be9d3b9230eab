package io.buckbench.cli;

import io.buckbench.files.WholeFiles;
import io.buckbench.findings.Hypotheses;
import io.buckbench.simulation.SuitePower;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code power SUITE}: simulates what a suite can show of its hypotheses. */
@Command(
    name = "power",
    description = {
      "Simulate a suite with the rows that benchmarks/assumed.csv assumes, judge its hypotheses,"
          + " and write how often each gets which verdict, and which are out of reach.",
      "With the default number of suites it takes some minutes on one core. Nothing is trained."
    })
final class PowerCommand extends SuiteCommand {
  private static final int FEWEST = 10;

  @Option(
      names = "--suites",
      paramLabel = "N",
      description = "simulated suites, " + FEWEST + " or more; default: ${DEFAULT-VALUE}")
  private int suites = SuitePower.SUITES;

  @Option(names = "--seed", paramLabel = "S", description = "default: ${DEFAULT-VALUE}")
  private long seed = SuitePower.SEED;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "the Markdown page to write; default: ${DEFAULT-VALUE}")
  private Path file = Path.of("target/power.md");

  @Override
  public Integer call() {
    if (suites < FEWEST) {
      throw new ParameterException(
          spec.commandLine(), "--suites: found " + suites + ", expected " + FEWEST + " or more");
    }
    SuitePower power =
        new SuitePower(
            project().declared(suite).suite(),
            Hypotheses.read(project().declaration("hypotheses.csv")),
            project().declaration("assumed.csv"));
    WholeFiles.write(file, power.page(suites, seed, this::progress));
    out().println("wrote " + file);
    return BuckBench.OK;
  }

  private void progress(String done) {
    out().println(done);
    out().flush();
  }
}
