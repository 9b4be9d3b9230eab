package io.buckbench.cli;

import io.buckbench.checkpoint.hub.TransferException;
import io.buckbench.input.Decimals;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.StoreWriteException;
import io.buckbench.worker.WorkerStartException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The entry point of the command line: {@code ./buckbench COMMAND}. */
@Command(
    name = "buckbench",
    description = "How much language understanding does a dollar of fine-tuning buy?",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit status: 0 success; 1 a promise was broken, or a comparison found a regression; 2 an"
          + " input cannot be used, and nothing was written; 3 any other failure.",
      "COMMAND --help shows the options of a command, help NAME what a column, metric or claim"
          + " means."
    },
    subcommands = {
      InitCommand.class,
      RunCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      PretrainCommand.class,
      PlanCommand.class,
      FetchCommand.class,
      RehearseCommand.class,
      ChooseCommand.class,
      CalibrateCommand.class,
      BenchCommand.class,
      PreflightCommand.class,
      ParityCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      MergeCommand.class,
      RepeatCommand.class,
      ReproduceCommand.class,
      SimulateCommand.class,
      PowerCommand.class,
      HelpCommand.class
    })
public final class BuckBench {
  /** Success. */
  static final int OK = 0;

  /** A promise was broken, a parity check failed, or a comparison found a regression. */
  static final int BROKEN_PROMISE = 1;

  /** An input is invalid; nothing was written. */
  static final int INVALID_INPUT = 2;

  /** Any other failure. */
  static final int FAILURE = 3;

  /** The property from which records take the command that made them. */
  private static final String COMMAND = "buckbench.command";

  private static final String WIDTH = "COLUMNS";
  private static final int USUAL_WIDTH = 100;

  @Spec private CommandLine.Model.CommandSpec spec;

  private BuckBench() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] args) {
    System.setProperty(COMMAND, String.join(" ", args));
    System.exit(execute(commandLine(), args));
  }

  /** Runs a command and returns its status, also if it throws an {@code Error}. */
  static int execute(CommandLine line, String... args) {
    try {
      return line.execute(args);
    } catch (Error e) {
      // The JVM's own status for it is 1, which is that of a broken promise.
      e.printStackTrace(line.getErr());
      line.getErr().flush();
      return FAILURE;
    }
  }

  /** The complete command line, also for tests. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new BuckBench());
    line.setExecutionExceptionHandler(BuckBench::report);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(BigDecimal.class, Decimals::parse);
    line.setUsageHelpWidth(width(System.getenv(WIDTH)));
    return line;
  }

  private static int width(String columns) {
    return columns != null && columns.matches("[1-9][0-9]{1,3}")
        ? Math.max(USUAL_WIDTH, Integer.parseInt(columns))
        : USUAL_WIDTH;
  }

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "set a property of docs/reference.md, such as -Dbuckbench.device=cpu")
  private void set(Map<String, String> properties) {
    properties.forEach(
        (key, value) -> {
          if (!key.startsWith("buckbench.") && !key.startsWith("ai.djl.")) {
            throw new ParameterException(
                spec.commandLine(),
                "-D: found "
                    + key
                    + ", expected a property that begins with buckbench. or ai.djl.; correct it");
          }
          System.setProperty(key, value);
        });
  }

  static int report(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    if (e instanceof InvalidInputException invalid) {
      invalid.problems().forEach(problem -> line.getErr().println("error: " + problem));
      return INVALID_INPUT;
    }
    if (e instanceof InvalidPathException path) {
      line.getErr()
          .printf(
              "error: found the path '%s' (%s), expected one that the locale can encode; set"
                  + " LC_ALL=C.UTF-8, or correct the path%n",
              path.getInput(), path.getReason());
      return INVALID_INPUT;
    }
    if (e instanceof TransferException
        || e instanceof WorkerStartException
        || e instanceof StoreWriteException) {
      line.getErr().println("error: " + e.getMessage());
    } else if (e instanceof UncheckedIOException io) {
      line.getErr().println("error: " + io.getMessage() + ": " + io.getCause());
    } else {
      e.printStackTrace(line.getErr());
    }
    return FAILURE;
  }
}
