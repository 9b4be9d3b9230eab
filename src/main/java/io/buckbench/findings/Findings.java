package io.buckbench.findings;

import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges hypotheses by records. Every hypothesis gets at least one finding for each suite it is
 * about; if its rows were not run the verdict is {@link Verdict#NOT_RUN}. The p values of a suite
 * are corrected together by Holm's method. A run that failed answers nothing and counts as wrong.
 */
public final class Findings {
  private Findings() {}

  /**
   * Judges every hypothesis on every suite it is about.
   *
   * @param runs of any suites
   * @return in the order of the file, suite by suite
   * @throws InvalidInputException if a selector names a column that its suite does not have, or a
   *     trial is there twice
   */
  public static List<Finding> judge(Hypotheses hypotheses, List<RunRecord> runs) {
    Set<String> suites = new LinkedHashSet<>(hypotheses.suites());
    List<Finding> findings = new ArrayList<>();
    for (String suite : suites) {
      findings.addAll(
          hypotheses.judge(suite, runs.stream().filter(run -> run.suite().equals(suite)).toList()));
    }
    return findings;
  }

  /** The findings on one row of a suite, for the test of that row. */
  public static List<Finding> ofConfiguration(
      List<Finding> findings, String suite, String configuration) {
    return findings.stream()
        .filter(f -> f.suite().equals(suite) && f.configuration().equals(configuration))
        .toList();
  }
}
