package io.buckbench.cli;

import io.buckbench.findings.Hypotheses;
import io.buckbench.golden.GoldenDiff;
import io.buckbench.golden.GoldenText;
import io.buckbench.golden.ResultSource;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare A B}: the golden gate between any two run stores or golden files. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Hold the results B against the results A as a build holds its own against golden/.",
      "Exit status 0: nothing broke; 1: a row moved further than allowed, a trial is missing, bits"
          + " differ where equal ones are promised, or a verdict turned; 2: an input cannot be"
          + " used."
    })
final class CompareCommand implements Callable<Integer> {
  private static final String INPUT = "a run store (a folder) or a golden file (.json)";

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = INPUT + ", taken as accepted")
  private Path accepted;

  @Parameters(index = "1", paramLabel = "B", description = INPUT)
  private Path now;

  @Option(names = "--suite", paramLabel = "NAME", description = "only this suite; default: all")
  private String suite;

  @Option(
      names = "--only-common",
      description = "pass over trials and rows that are on one side only, and compare no verdict")
  private boolean onlyCommon;

  @Option(
      names = "--flips",
      paramLabel = "N",
      description = "how many turned answers to show of a row; default: ${DEFAULT-VALUE}")
  private int flips = GoldenText.FLIPS_SHOWN;

  @Mixin private ProjectFolders project;

  @Override
  public Integer call() {
    if (flips < 0) {
      throw new ParameterException(
          spec.commandLine(), "--flips: found " + flips + ", expected a number from 0 on");
    }
    Problems problems = new Problems();
    Optional<ResultSource> first = read(accepted, problems);
    Optional<ResultSource> second = read(now, problems);
    problems.throwIfAny();
    ResultSource a = first.orElseThrow();
    ResultSource b = second.orElseThrow();
    List<GoldenDiff> diffs = a.compareWith(b, onlyCommon);
    PrintWriter out = spec.commandLine().getOut();
    out.print("accepted: " + a.words() + "now: " + b.words());
    diffs.forEach(diff -> out.print("\n" + GoldenText.of(diff, flips)));
    out.flush();
    return diffs.stream().anyMatch(GoldenDiff::breaksPromise)
        ? BuckBench.BROKEN_PROMISE
        : BuckBench.OK;
  }

  private Optional<ResultSource> read(Path path, Problems problems) {
    try {
      return Optional.of(
          ResultSource.read(
              path,
              Optional.ofNullable(suite),
              () -> Hypotheses.read(project.benchmark("hypotheses.csv"))));
    } catch (InvalidInputException e) {
      problems.addAll(e);
      return Optional.empty();
    }
  }
}
