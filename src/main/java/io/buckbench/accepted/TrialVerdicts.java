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
 * The hypotheses about one trial's row, judged on this trial alone: against always yes, and against
 * the untouched model and full fine-tuning where records of them are there. Golden files keep
 * verdicts over all seeds only; the accepted verdict on one trial follows from its accepted answers
 * by the same rule.
 *
 * @param findings in the order of the hypotheses
 * @param diff the trial compared with the accepted one of its row and seed; empty where none was
 */
public record TrialVerdicts(List<HeldFinding> findings, Optional<GoldenDiff> diff) {
  /** Methods of rows by whose record a hypothesis on another row is judged. */
  private static final Set<String> REFERENCES = Set.of("none", "full");

  /**
   * Judges a trial.
   *
   * @param suite the kept records of its suite, where references are looked for
   * @param golden what was accepted; empty where nothing binds
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
            .filter(results -> results.holds(run.configuration(), run.seed()));
    Optional<GoldenDiff> diff = accepted.map(results -> compare(results, run));
    Map<String, Verdict> then = new HashMap<>();
    accepted
        .map(results -> fresh.stream().flatMap(r -> accepted(results, r)).toList())
        .map(records -> judge(hypotheses, run, records))
        .ifPresent(all -> all.forEach(f -> then.putIfAbsent(f.hypothesis(), f.verdict())));
    VerdictRule rule = VerdictRule.ofTrial(diff.filter(GoldenDiff::exact).isPresent());
    List<HeldFinding> held =
        judge(hypotheses, run, fresh).stream()
            .map(f -> HeldFinding.of(f, Optional.ofNullable(then.get(f.hypothesis())), rule))
            .toList();
    return new TrialVerdicts(held, diff);
  }

  private static GoldenDiff compare(SuiteResults accepted, RunRecord run) {
    return GoldenDiff.compareSelected(
        accepted,
        SuiteResults.of(List.of(run), List.of()),
        (row, seed) -> row.equals(run.configuration()) && seed == run.seed());
  }

  /** The accepted answers to a trial as a record of it; nothing else of it is accepted. */
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
   * Records made by the same commit on the same device, so that only the method differs: for each
   * reference row that of the same seed, or its first where it has fewer seeds.
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
