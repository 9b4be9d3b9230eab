package io.buckbench.accepted;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Findings;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.SuiteRuns;
import io.buckbench.findings.Verdict;
import io.buckbench.golden.GoldenDiff;
import io.buckbench.golden.GoldenStore;
import io.buckbench.golden.SuiteResults;
import io.buckbench.golden.VerdictRule;
import io.buckbench.record.RunRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The hypotheses about one configuration, judged on a single trial of it: against always yes, and
 * against the untouched model and full fine-tuning if there are records of them. Golden files only
 * have verdicts over all seeds, so the accepted verdict on a single trial is computed from its
 * accepted answers by the same rule.
 *
 * @param findings in the order of the hypotheses
 * @param diff the comparison with the accepted trial of the same row and seed, if there is one
 */
public record TrialVerdicts(List<ComparedFinding> findings, Optional<GoldenDiff> diff) {
  /** The methods that other rows are compared with. */
  private static final Set<String> REFERENCES = Set.of("none", "full");

  /**
   * Judges a trial.
   *
   * @param suite the records of its suite, which may include references
   * @param golden the accepted results; empty if they are to be replaced
   * @param anyCommit whether records of other commits may be references, as in {@link SuiteRuns}
   */
  public static TrialVerdicts of(
      RunRecord run,
      List<RunRecord> suite,
      Hypotheses hypotheses,
      Optional<GoldenStore> golden,
      boolean anyCommit) {
    List<RunRecord> fresh = new ArrayList<>(List.of(run));
    fresh.addAll(references(run, suite, anyCommit));
    Optional<SuiteResults> accepted =
        golden
            .flatMap(store -> store.find(run.suite(), run.provenance().deviceClass()))
            .filter(results -> results.contains(run.configuration(), run.seed()));
    Optional<GoldenDiff> diff = accepted.map(results -> compare(results, run));
    Map<String, Verdict> then = new HashMap<>();
    accepted
        .map(results -> fresh.stream().flatMap(r -> accepted(results, r)).toList())
        .map(records -> judge(hypotheses, run, records))
        .ifPresent(all -> all.forEach(f -> then.putIfAbsent(f.hypothesis(), f.verdict())));
    VerdictRule rule = VerdictRule.ofTrial(diff.filter(GoldenDiff::exact).isPresent());
    List<ComparedFinding> compared =
        judge(hypotheses, run, fresh).stream()
            .map(f -> ComparedFinding.of(f, Optional.ofNullable(then.get(f.hypothesis())), rule))
            .toList();
    return new TrialVerdicts(compared, diff);
  }

  private static GoldenDiff compare(SuiteResults accepted, RunRecord run) {
    return GoldenDiff.compareSelected(
        accepted,
        SuiteResults.of(List.of(run), List.of()),
        (row, seed) -> row.equals(run.configuration()) && seed == run.seed());
  }

  /** The record of a trial, with the accepted answers in place of its own. */
  private static Stream<RunRecord> accepted(SuiteResults results, RunRecord like) {
    return Stream.ofNullable(results.rows().get(like.configuration()))
        .flatMap(
            row ->
                row.trials().stream()
                    .filter(trial -> trial.seed() == like.seed())
                    .map(
                        t ->
                            like.with(
                                t.status(),
                                "",
                                List.of(),
                                t.predictions(results.testSets().get(row.testSet())))));
  }

  private static List<Finding> judge(
      Hypotheses hypotheses, RunRecord run, List<RunRecord> records) {
    return Findings.ofConfiguration(
        Findings.judge(hypotheses, records), run.suite(), run.configuration());
  }

  /**
   * Records of the same commit and device, so that only the method differs: for each reference row
   * that of the same seed or, if it has fewer seeds, its first.
   */
  private static List<RunRecord> references(
      RunRecord run, List<RunRecord> suite, boolean anyCommit) {
    Map<String, RunRecord> chosen = new LinkedHashMap<>();
    suite.stream()
        .filter(r -> REFERENCES.contains(r.declared().method()))
        .filter(r -> !r.configuration().equals(run.configuration()))
        .filter(r -> SuiteRuns.sameOrigin(r.provenance(), run.provenance(), anyCommit))
        .sorted(Comparator.comparingLong(RunRecord::seed))
        .forEach(
            r ->
                chosen.merge(
                    r.configuration(),
                    r,
                    (first, next) -> next.seed() == run.seed() ? next : first));
    return List.copyOf(chosen.values());
  }
}
