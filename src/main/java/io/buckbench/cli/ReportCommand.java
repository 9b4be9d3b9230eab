package io.buckbench.cli;

import io.buckbench.accepted.StoredRuns;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.report.Limits;
import io.buckbench.report.page.ReportFolder;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Project;
import io.buckbench.suite.Selection;
import io.buckbench.suite.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code report SUITE}: writes the page, tables and charts from the run store. */
@Command(
    name = "report",
    description = {
      "Write the page, tables, charts and findings of a suite's recorded runs.",
      "The report on selected trials goes to a folder of its own, SUITE.part."
    })
final class ReportCommand extends SuiteCommand {
  @Mixin private SelectionOptions selected;

  @Option(
      names = "--accuracy",
      paramLabel = "PERCENT",
      split = ",",
      description =
          "show the cheapest way to these accuracies, such as 65,70,75; default: every five points"
              + " above the best accuracy at no cost")
  private List<Double> accuracies = List.of();

  @Option(
      names = "--max-usd",
      paramLabel = "USD",
      description = "name the best row among those that cost at most this to train once")
  private BigDecimal maxUsd;

  @Option(
      names = "--max-memory",
      paramLabel = "SIZE",
      converter = MemorySize.Reader.class,
      description = "name the best row among those that need at most this memory, such as 2GB")
  private MemorySize maxMemory;

  @Option(
      names = "--max-ms-per-answer",
      paramLabel = "MS",
      description = "name the best row among those that answer in at most this many milliseconds")
  private Double maxMillis;

  @Option(
      names = "--last",
      description = "only print the lines of the last report; nothing is read or written")
  private boolean last;

  @Override
  public Integer call() {
    if (last) {
      return printLast();
    }
    for (double percent : accuracies) {
      if (!(percent > 0 && percent <= 100)) {
        throw new InvalidInputException(
            "--accuracy", percent + "", "a percentage above 0 and up to 100", "correct the list");
      }
    }
    Selection selection = selected.selection();
    Limits limits = limits();
    Project project = project();
    RunStore store = project.store();
    Project.Declared declared = project.declared(suite);
    String name = declared.suite().name();
    if (selection.partial()) {
      out().println("selected: " + selection.words(declared.suite()));
    }
    StoredRuns runs = StoredRuns.read(declared, selection, store);
    List<RunRecord> records = runs.records();
    if (records.isEmpty()) {
      throw new InvalidInputException(
          store.directory().toString(),
          store.suites().contains(name)
              ? "records of '" + name + "', but none of a trial that is selected and declared now"
              : "no run of '" + name + "', only of " + store.suites(),
          "a suite that was run",
          "run it first: run " + suite);
    }
    runs.leftOut().forEach(line -> out().println("left out: " + line));
    if (!runs.missing().isEmpty()) {
      out().println(missing(runs));
    }
    List<Double> fractions = accuracies.stream().map(p -> p / 100).toList();
    new SuiteReportFiles(project, fractions, limits)
        .write(name, records, selection.partial())
        .forEach(out()::println);
    return BuckBench.OK;
  }

  private static String missing(StoredRuns runs) {
    int all = runs.records().size() + runs.leftOut().size() + runs.missing().size();
    return "not run: %d of %d trials: ".formatted(runs.missing().size(), all)
        + runs.missing().stream().limit(10).map(Trial::toString).collect(Collectors.joining(", "))
        + (runs.missing().size() > 10 ? ", ..." : "");
  }

  private Limits limits() {
    requirePositive("--max-usd", maxUsd == null ? 1 : maxUsd.doubleValue());
    requirePositive("--max-ms-per-answer", maxMillis == null ? 1 : maxMillis);
    return new Limits(
        Optional.ofNullable(maxUsd),
        maxMemory == null ? OptionalDouble.empty() : OptionalDouble.of(maxMemory.bytes()),
        maxMillis == null ? OptionalDouble.empty() : OptionalDouble.of(maxMillis));
  }

  private static void requirePositive(String option, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new InvalidInputException(
          option, value + "", "a finite number above 0", "correct or remove the option");
    }
  }

  private int printLast() {
    String name = Benchmarks.isFile(suite) ? Benchmarks.nameOf(Path.of(suite)) : suite;
    Path lines = project().report(name, selected.selection().partial()).resolve(ReportFolder.LINES);
    try {
      if (Files.exists(lines)) {
        out().print(Files.readString(lines));
      } else {
        out().println("no report of " + suite + ": no trial of it has a record");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + lines, e);
    }
    out().flush();
    return BuckBench.OK;
  }
}
