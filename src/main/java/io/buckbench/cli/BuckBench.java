package io.buckbench.cli;

import io.buckbench.checkpoint.hub.TransferException;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import io.buckbench.trial.DeviceLostException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entry: {@code ./mvnw -q exec:java -Dexec.args="..."}. */
@Command(
    name = "buckbench",
    description = "How much language understanding does a dollar of fine-tuning buy?",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      PretrainCommand.class,
      PlanCommand.class,
      FetchCommand.class,
      RehearseCommand.class,
      ChooseCommand.class,
      CalibrateCommand.class,
      PreflightCommand.class,
      ParityCommand.class,
      ReportCommand.class,
      CompareCommand.class
    })
public final class BuckBench {
  /** Everything went well. */
  static final int OK = 0;

  /** The work was done and a promise was broken, parity failed, or a comparison regressed. */
  static final int BROKEN_PROMISE = 1;

  /** An input cannot be used; nothing was written. */
  static final int INVALID_INPUT = 2;

  /** Something broke that the user did not cause. */
  static final int FAILURE = 3;

  private BuckBench() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The whole command line, as tests run it. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new BuckBench());
    line.setExecutionExceptionHandler(BuckBench::report);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  static int report(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    if (e instanceof InvalidInputException invalid) {
      for (Problem problem : invalid.problems()) {
        line.getErr().println("error: " + problem);
      }
      return INVALID_INPUT;
    }
    if (e instanceof TransferException || e instanceof DeviceLostException) {
      line.getErr().println("error: " + e.getMessage());
      return FAILURE;
    }
    e.printStackTrace(line.getErr());
    return FAILURE;
  }
}
