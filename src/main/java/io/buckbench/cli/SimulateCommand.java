package io.buckbench.cli;

import io.buckbench.files.Folders;
import io.buckbench.files.WholeFiles;
import io.buckbench.simulation.Simulation;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code simulate}: measures the coverage and error rates of intervals, tests and the gate. */
@Command(
    name = "simulate",
    description = {
      "Simulate suites whose truth is known, and write how often intervals cover it, tests reject a"
          + " true null hypothesis, and the comparison with accepted results gives false alarms.",
      "With the default replicates it takes some minutes on one core. Nothing is trained."
    })
final class SimulateCommand extends Subcommand {
  private static final int FEWEST = 100;

  @Option(
      names = "--replicates",
      paramLabel = "N",
      description = "simulated suites a cell, " + FEWEST + " or more; default: ${DEFAULT-VALUE}")
  private int replicates = Simulation.REPLICATES;

  @Option(names = "--seed", paramLabel = "S", description = "default: ${DEFAULT-VALUE}")
  private long seed = Simulation.SEED;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "the Markdown page to write; default: ${DEFAULT-VALUE}")
  private Path file = Path.of("target/simulated.md");

  @Override
  public Integer call() {
    if (replicates < FEWEST) {
      throw new ParameterException(
          spec.commandLine(),
          "--replicates: found " + replicates + ", expected " + FEWEST + " or more");
    }
    Folders.requireWritable("--out", file.toAbsolutePath().getParent());
    WholeFiles.write(file, Simulation.page(replicates, seed, this::progress));
    out().println("wrote " + file);
    return BuckBench.OK;
  }

  private void progress(String done) {
    out().println(done);
    out().flush();
  }
}
