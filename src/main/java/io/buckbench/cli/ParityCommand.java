package io.buckbench.cli;

import io.buckbench.parity.ParityCheck;
import io.buckbench.parity.ParityReport;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parity DIR...}: shows on the user's machine that our numbers are Hugging Face's. */
@Command(
    name = "parity",
    description =
        "Compare with recorded numbers of Hugging Face; exit status 1 beyond a tolerance.")
final class ParityCommand extends Subcommand {
  @Parameters(arity = "1..*", paramLabel = "DIR", description = "model/, batches.json, METHOD/...")
  private List<Path> directories;

  @Option(
      names = "--save",
      paramLabel = "DIR",
      description = "also save every adapter with the reference's values to DIR/<directory>/METHOD")
  private Path save;

  @Override
  public Integer call() {
    boolean passed = true;
    for (Path directory : directories) {
      ParityReport report = ParityCheck.run(directory);
      out().println(directory);
      out().println(report.table());
      passed &= report.passed();
      if (save != null) {
        ParityCheck.save(
            directory, save.resolve(directory.toAbsolutePath().normalize().getFileName()));
      }
    }
    return passed ? BuckBench.OK : BuckBench.BROKEN_PROMISE;
  }
}
