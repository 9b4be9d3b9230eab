package io.buckbench.cli;

import io.buckbench.record.RunRecord;
import io.buckbench.rehearsal.Rehearsal;
import io.buckbench.rehearsal.RehearsalOptions;
import io.buckbench.rehearsal.RehearsedRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rehearse}: a suite's whole path where its weights cannot be had. */
@Command(
    name = "rehearse",
    mixinStandardHelpOptions = true,
    description = {
      "Write models of the true shapes with random weights, and run every row of a suite on them:",
      "a few steps, a few test rows, every file of a real run. Exits with 1 if one is missing or a"
          + " promise was broken."
    })
final class RehearseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--suite",
      defaultValue = "paper",
      description = "a name under benchmarks/; default: ${DEFAULT-VALUE}")
  private String suite;

  @Option(
      names = "--tokenizer",
      required = true,
      description = "a folder with vocab.json and merges.txt")
  private Path tokenizer;

  @Option(
      names = "--out",
      defaultValue = "target/rehearsal",
      description = "models, records and report go below it; default: ${DEFAULT-VALUE}")
  private Path out;

  @Option(
      names = "--steps",
      defaultValue = "2",
      description = "of each trained row; default: ${DEFAULT-VALUE}")
  private int steps;

  @Option(
      names = "--test-rows",
      defaultValue = "24",
      description = "that each row is asked; default: ${DEFAULT-VALUE}")
  private int testRows;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of the weights and of each trial; default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      defaultValue = "",
      description = "rows whose id matches")
  private Pattern only;

  @Mixin private ProjectFolders project;

  @Override
  public Integer call() {
    PrintWriter lines = spec.commandLine().getOut();
    ProjectFolders.Declared declared = project.declared(suite);
    Rehearsal rehearsal =
        new Rehearsal(
            new RehearsalOptions(out, tokenizer, project.datasets(), only, steps, testRows, seed),
            declared.benchmarks(),
            declared.suite());
    rehearsal.check();
    lines.println(Rehearsal.NOTICE);
    rehearsal.write(
        line -> {
          lines.println(line);
          lines.flush();
        });
    List<RehearsedRow> rows;
    try (TrialProgress progress = new TrialProgress(lines)) {
      rows = rehearsal.run(progress);
    }
    List<RunRecord> records = rows.stream().map(RehearsedRow::record).toList();
    Path page = SuiteReportFiles.write(out, Rehearsal.name(suite), records);
    lines.println("report: " + page);
    boolean whole = table(rows, page.getParent(), lines);
    BrokenPromises promises = new BrokenPromises(spec);
    records.forEach(record -> promises.print(record.id().toString(), record.broken()));
    return whole ? promises.exitStatus() : BuckBench.BROKEN_PROMISE;
  }

  /** Prints a line for each row, and says whether nothing is missing. */
  private static boolean table(List<RehearsedRow> rows, Path report, PrintWriter lines) {
    String format = "%-20s %12s %6s %9s %8s %8s %6s %9s  %s%n";
    lines.printf(
        format, "row", "parameters", "steps", "s a step", "peak GB", "answers", "files", "MB", "");
    boolean whole = true;
    for (RehearsedRow row : rows) {
      RunRecord record = row.record();
      List<Path> files = row.files(report);
      List<String> missing = row.missing(report);
      lines.printf(
          Locale.ROOT,
          format,
          record.configuration(),
          record.totalParameters(),
          record.steps().size(),
          decimal(row.secondsPerStep()),
          row.peakBytes().isPresent() ? decimal(row.peakBytes().getAsLong() / 1e9) : "?",
          record.predictions().size(),
          files.size(),
          decimal(files.stream().mapToLong(RehearseCommand::size).sum() / 1e6),
          missing.isEmpty() ? "all there" : "MISSING: " + String.join("; ", missing));
      whole &= missing.isEmpty();
    }
    lines.println(Rehearsal.NOTICE);
    return whole;
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
