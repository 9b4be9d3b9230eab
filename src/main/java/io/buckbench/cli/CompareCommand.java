package io.buckbench.cli;

import io.buckbench.findings.Hypotheses;
import io.buckbench.golden.Confirmation;
import io.buckbench.golden.GoldenDiff;
import io.buckbench.golden.GoldenText;
import io.buckbench.golden.ResultSource;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code compare A B}: applies the golden gate to any two run stores or golden files. */
@Command(
    name = "compare",
    description = {
      "Compare the results B with the results A, as a build compares its results with golden/.",
      "Exit status 0: no difference that breaks a build; 1: a configuration changed by more than"
          + " allowed, a trial is missing, bits differ that must be equal, or a verdict changed; 2:"
          + " an input is invalid."
    })
final class CompareCommand extends Subcommand {
  private static final String INPUT = "a run store (a directory) or a golden file (.json)";

  @Parameters(index = "0", paramLabel = "A", description = INPUT + ", the accepted results")
  private Path accepted;

  @Parameters(index = "1", paramLabel = "B", description = INPUT)
  private Path now;

  @Option(names = "--suite", paramLabel = "NAME", description = "only this suite; default: all")
  private String suite;

  @Option(
      names = "--only-common",
      description = "ignore trials and configurations that only one side has, and all verdicts")
  private boolean onlyCommon;

  @Option(
      names = "--flips",
      paramLabel = "N",
      description =
          "number of changed answers to show per configuration; default: ${DEFAULT-VALUE}")
  private int flips = GoldenText.FLIPS_SHOWN;

  @Mixin private ProjectFolders folders;

  @Override
  public Integer call() {
    if (flips < 0) {
      throw new ParameterException(
          spec.commandLine(), "--flips: found " + flips + ", expected a number of 0 or more");
    }
    Problems problems = new Problems();
    Optional<ResultSource> first = read(accepted, problems);
    Optional<ResultSource> second = read(now, problems);
    problems.throwIfAny();
    ResultSource a = first.orElseThrow();
    ResultSource b = second.orElseThrow();
    List<GoldenDiff> diffs = a.compareWith(b, onlyCommon);
    out().print("accepted: " + a.words() + "now: " + b.words());
    for (GoldenDiff diff : diffs) {
      out().print("\n" + GoldenText.of(diff, flips));
      diff.suspected().forEach(row -> out().println(unconfirmed(a, b, diff.suite(), row)));
    }
    out().flush();
    return diffs.stream().anyMatch(GoldenDiff::breaksPromise)
        ? BuckBench.BROKEN_PROMISE
        : BuckBench.OK;
  }

  /** A row that was found once among many may be chance; this command trains nothing. */
  private static String unconfirmed(ResultSource a, ResultSource b, String suite, String row) {
    String seeds =
        Confirmation.seeds(a.of(suite), b.of(suite), row).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(" "));
    return "not confirmed: "
        + row
        + " may have changed by chance. To confirm it, declare the seeds "
        + seeds
        + " for it in "
        + suite
        + ", run it with both programs on this machine, and compare the two stores;"
        + " a build does this by itself";
  }

  /** Without the file every accepted verdict would seem to be withdrawn. */
  private Hypotheses hypotheses() {
    Path file = folders.project().declaration("hypotheses.csv");
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          file.toString(),
          "no such file",
          "the hypotheses by which the records of a run store are judged",
          "name the project of the store with --project");
    }
    return Hypotheses.read(file);
  }

  private Optional<ResultSource> read(Path path, Problems problems) {
    try {
      return Optional.of(ResultSource.read(path, Optional.ofNullable(suite), this::hypotheses));
    } catch (InvalidInputException e) {
      problems.addAll(e);
      return Optional.empty();
    }
  }
}
