package io.buckbench.cli;

import io.buckbench.input.NamePattern;
import io.buckbench.record.RunRecord;
import io.buckbench.rehearsal.Rehearsal;
import io.buckbench.rehearsal.RehearsalOptions;
import io.buckbench.rehearsal.RehearsedTrial;
import io.buckbench.suite.Project;
import io.buckbench.suite.Selection;
import io.buckbench.worker.WorkerCount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rehearse}: runs a suite completely when its weights are not available. */
@Command(
    name = "rehearse",
    description = {
      "Run a suite on models of the true shapes with random weights.",
      "Takes a few steps, test items and held-out texts, and writes every file of a real run. Rows"
          + " that differ only in the price card are trained once. Exit status 1"
          + " if a file is missing or a promise was broken."
    })
final class RehearseCommand extends Subcommand {
  @Option(
      names = "--suite",
      defaultValue = "paper",
      description = "a name under benchmarks/, or a CSV file; default: ${DEFAULT-VALUE}")
  private String suite;

  @Option(
      names = "--tokenizer",
      required = true,
      description =
          "a directory with tokenizer.json and tokenizer_config.json, or vocab.json and"
              + " merges.txt; its ids must fit the table of every model")
  private Path tokenizer;

  @Option(
      names = "--out",
      defaultValue = "target/rehearsal",
      description = "directory for models, records and report; default: ${DEFAULT-VALUE}")
  private Path out;

  @Option(
      names = "--steps",
      defaultValue = "2",
      description = "training steps per configuration; default: ${DEFAULT-VALUE}")
  private int steps;

  @Option(
      names = "--test-items",
      defaultValue = "24",
      description = "test items per configuration; default: ${DEFAULT-VALUE}")
  private int testItems;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "seed of the weights and the trials; default: ${DEFAULT-VALUE}")
  private long seed;

  @Mixin private RowOption rows;

  @Mixin private ProjectFolders folders;

  @Option(
      names = "--workers",
      paramLabel = "N|auto",
      defaultValue = "1",
      description = "processes that run trials at the same time; default: ${DEFAULT-VALUE}")
  private String workers;

  @Override
  public Integer call() {
    WorkerCount count = WorkerCount.parse("--workers", workers);
    Project project = folders.of(suite);
    Project.Declared declared = project.declared(suite);
    Selection selection = rows.selection();
    Rehearsal rehearsal =
        new Rehearsal(
            new RehearsalOptions(
                out,
                tokenizer,
                project.datasets(),
                selection.only().orElse(NamePattern.of("*")),
                steps,
                testItems,
                seed),
            declared.benchmarks(),
            declared.suite());
    rehearsal.check();
    out().println(Rehearsal.NOTICE);
    rehearsal.write(out()::println);
    List<RehearsedTrial> trials;
    try (TrialProgress progress = new TrialProgress(out())) {
      trials = rehearsal.run(count, progress);
    }
    List<RunRecord> records = trials.stream().map(RehearsedTrial::record).toList();
    String name = Rehearsal.name(declared.suite().name());
    List<String> lines =
        new SuiteReportFiles(Project.at(out)).write(name, records, selection.partial());
    rehearsal
        .sameTraining()
        .forEach(
            (row, as) -> out().println(row + " was not trained: as " + as + ", at another price"));
    boolean complete = table(trials, Project.at(out).report(name, selection.partial()));
    reportBroken(records);
    lines.forEach(out()::println);
    return complete ? exitStatus() : BuckBench.BROKEN_PROMISE;
  }

  /** Prints a line for each trial, and returns whether nothing is missing. */
  private boolean table(List<RehearsedTrial> trials, Path report) {
    line("configuration", "parameters", "steps", "s/step", "peak GB", "answers", "files", "MB", "");
    boolean complete = true;
    for (RehearsedTrial trial : trials) {
      RunRecord record = trial.record();
      List<Path> files = trial.files(report);
      List<String> missing = trial.missing(report);
      line(
          record.configuration(),
          record.totalParameters(),
          record.steps().size(),
          decimal(trial.secondsPerStep()),
          trial.peakBytes().isPresent() ? decimal(trial.peakBytes().getAsLong() / 1e9) : "?",
          record.predictions().size(),
          files.size(),
          decimal(files.stream().mapToLong(RehearseCommand::size).sum() / 1e6),
          missing.isEmpty() ? "complete" : "MISSING: " + String.join("; ", missing));
      complete &= missing.isEmpty();
    }
    out().println(Rehearsal.NOTICE);
    return complete;
  }

  private void line(Object... cells) {
    out().printf(Locale.ROOT, "%-20s %12s %6s %9s %8s %8s %6s %9s  %s%n", cells);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
