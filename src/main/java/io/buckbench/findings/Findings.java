package io.buckbench.findings;

import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import java.util.List;

/**
 * Judges hypotheses on run records. Every hypothesis has at least one finding for each suite it is
 * about; if its rows were not run, the verdict is {@link Verdict#NOT_RUN}. The p values of a suite
 * are corrected together by Holm's method. All answers of a failed run count as wrong.
 */
public final class Findings {
  private Findings() {}

  /**
   * Judges every hypothesis on every suite it is about.
   *
   * @param runs records of any suites
   * @return the findings suite by suite, in the order of the file
   * @throws InvalidInputException if a selector names a column that its suite does not have, or if
   *     a trial occurs twice
   */
  public static List<Finding> judge(Hypotheses hypotheses, List<RunRecord> runs) {
    return hypotheses.suites().stream()
        .flatMap(
            suite ->
                hypotheses
                    .judge(suite, runs.stream().filter(run -> run.suite().equals(suite)).toList())
                    .stream())
        .toList();
  }

  /** The findings about one configuration of a suite. */
  public static List<Finding> ofConfiguration(
      List<Finding> findings, String suite, String configuration) {
    return findings.stream()
        .filter(f -> f.suite().equals(suite) && f.configuration().equals(configuration))
        .toList();
  }
}
