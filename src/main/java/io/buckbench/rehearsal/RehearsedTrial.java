package io.buckbench.rehearsal;

import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.Architecture;
import io.buckbench.peft.AdapterDirectory;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepMetric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The results of a rehearsed trial, read from disk.
 *
 * @param trial configuration and seed
 * @param record the record, read from disk
 * @param folder directory of the record
 * @param peakBytes peak of resident memory during the trial, if known
 */
public record RehearsedTrial(Trial trial, RunRecord record, Path folder, OptionalLong peakBytes) {
  private static final List<String> OF_TRIAL =
      List.of("loss.svg", "metrics.csv", "ledger.csv", "predictions.csv");
  private static final List<String> OF_SUITE =
      List.of(
          "summary.md",
          "summary.csv",
          "trials.csv",
          "findings.csv",
          "return-on-a-dollar.csv",
          "index.html",
          "forest.svg",
          "cost.svg");

  /** Mean duration of the steps; 0 if there are none. */
  public double secondsPerStep() {
    return record.steps().stream().mapToDouble(StepMetric::seconds).average().orElse(0);
  }

  /** The files of the record, and those of the report that are only about this trial. */
  public List<Path> files(Path report) {
    return Stream.of(folder, ofTrial(report))
        .flatMap(folder -> Folders.files(folder).stream())
        .toList();
  }

  private Path ofTrial(Path report) {
    return report
        .resolve("trials")
        .resolve(trial.configuration().id())
        .resolve(Long.toString(trial.seed()));
  }

  /**
   * Describes the results of a real run that are missing, and each broken promise.
   *
   * @param report directory of the suite's report
   * @return empty if nothing is missing and no promise was broken
   */
  public List<String> missing(Path report) {
    List<String> missing = new ArrayList<>();
    fromRecord(missing);
    try {
      if (trial.configuration().method().trains()) {
        Path model = trial.configuration().model().orElseThrow().directory();
        AdapterDirectory.check(folder.resolve("adapter"), Architecture.read(model));
      }
    } catch (InvalidInputException e) {
      missing.add(e.getMessage());
    }
    OF_SUITE.forEach(name -> requireFilled(report.resolve(name), missing));
    OF_TRIAL.forEach(name -> requireFilled(ofTrial(report).resolve(name), missing));
    return missing;
  }

  private void fromRecord(List<String> missing) {
    Configuration row = trial.configuration();
    record.broken().forEach(check -> missing.add(check.toString()));
    int steps = record.steps().size();
    int wanted = row.maxSteps().orElse(0);
    // A milestone may end before the training that serves it.
    boolean enough = row.declared().servedBy().isPresent() ? steps > 0 : steps == wanted;
    if (!enough) {
      missing.add(steps + " of " + wanted + " steps");
    }
    if (record.predictions().size() != row.testItems()) {
      missing.add(record.predictions().size() + " of " + row.testItems() + " answers");
    }
    if (row.model().isPresent() && record.totalParameters() == 0) {
      missing.add("a loaded model");
    }
    if (row.method().trains() && record.trainableSha256().isEmpty()) {
      missing.add("trained parameters");
    }
  }

  private static void requireFilled(Path file, List<String> missing) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) == 0) {
        missing.add(file.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
