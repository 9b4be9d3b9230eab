package io.buckbench.cli;

import io.buckbench.parity.ParityCheck;
import io.buckbench.parity.ParityReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code parity DIR...}: a user's proof, on his own machine, that our numbers are Hugging Face's.
 */
@Command(
    name = "parity",
    mixinStandardHelpOptions = true,
    description = "Compare with recorded numbers of Hugging Face; exits with 1 past a tolerance.")
final class ParityCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "DIR", description = "model/, batches.json, METHOD/...")
  private List<Path> directories;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    boolean passed = true;
    for (Path directory : directories) {
      ParityReport report = ParityCheck.run(directory);
      out.println(directory);
      out.println(report.table());
      passed &= report.passed();
    }
    return passed ? BuckBench.OK : BuckBench.BROKEN_PROMISE;
  }
}
