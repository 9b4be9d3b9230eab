package io.buckbench.accepted;

import io.buckbench.accepted.AcceptedTraining.Trained;
import io.buckbench.findings.Finding;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.SuiteRuns;
import io.buckbench.golden.Confirmation;
import io.buckbench.golden.GoldenDiff;
import io.buckbench.golden.GoldenStore;
import io.buckbench.golden.SuiteResults;
import io.buckbench.golden.VerdictRule;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import io.buckbench.record.TrialId;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Selection;
import io.buckbench.suite.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The findings on a suite's records, and their comparison with the accepted results.
 *
 * @param runs the records
 * @param findings all findings on the suite
 * @param accepted the accepted results, if there are any to compare with
 * @param diff the comparison of the records with the accepted results
 * @param selection the trials that were to be run
 * @param confirmation trials of suspected rows on fresh seeds, if they were run
 */
public record SuiteVerdicts(
    DeclaredRuns runs,
    List<Finding> findings,
    Optional<SuiteResults> accepted,
    Optional<GoldenDiff> diff,
    Selection selection,
    Optional<Confirmation> confirmation) {
  /**
   * Judges the records.
   *
   * @param golden the accepted results; empty if they are to be replaced
   * @param selection the trials that were to be run; others are not reported as missing
   */
  public static SuiteVerdicts of(
      DeclaredRuns runs, Hypotheses hypotheses, Optional<GoldenStore> golden, Selection selection) {
    List<Finding> findings = runs.runs().findings(hypotheses);
    Optional<SuiteResults> accepted =
        runs.records().stream()
            .findFirst()
            .flatMap(
                run -> golden.flatMap(s -> s.find(run.suite(), run.provenance().deviceClass())));
    Optional<GoldenDiff> diff =
        accepted.map(
            then -> compare(then, SuiteResults.of(runs.records(), findings), runs, selection));
    return new SuiteVerdicts(runs, findings, accepted, diff, selection, Optional.empty());
  }

  private static GoldenDiff compare(
      SuiteResults then, SuiteResults now, DeclaredRuns runs, Selection selection) {
    if (!selection.partial()) {
      return GoldenDiff.compare(then, now);
    }
    Set<TrialId> chosen =
        selection.trials(runs.suite()).stream().map(Trial::id).collect(Collectors.toSet());
    return GoldenDiff.compareSelected(
        then,
        now,
        (row, seed) ->
            now.contains(row, seed) || chosen.contains(new TrialId(now.suite(), row, seed)));
  }

  /**
   * The rows that changed by more than chance explains, each with the seeds to train it on before
   * this is an alarm. Empty if a selection was run, which is no statement on a suite.
   */
  public Map<String, List<Long>> toConfirm() {
    Map<String, List<Long>> seeds = new LinkedHashMap<>();
    if (diff.isPresent() && confirmation.isEmpty() && !selection.partial()) {
      SuiteResults now = SuiteResults.of(runs.records(), findings);
      for (String row : diff.get().suspected()) {
        seeds.put(row, Confirmation.seeds(accepted.orElseThrow(), now, row));
      }
    }
    return seeds;
  }

  /**
   * These verdicts after the rows of {@link #toConfirm}, if there are any, were trained on fresh
   * seeds, by this program and, if it can be had, by the accepted commit. If not, the accepted
   * trials are compared with again.
   *
   * @param training runs trials and returns their records, those of milestones too
   * @param earlier trains the same rows by the accepted commit
   */
  public SuiteVerdicts confirmed(
      Function<List<Trial>, List<RunRecord>> training,
      AcceptedTraining earlier,
      Hypotheses hypotheses) {
    Map<String, List<Long>> seeds = toConfirm();
    if (seeds.isEmpty()) {
      return this;
    }
    List<Trial> trials = new ArrayList<>();
    for (Configuration row : runs.suite().configurations()) {
      new Trial(runs.suite().name(), row, 0)
          .recorded().stream()
              .map(trial -> seeds.get(trial.configuration().id()))
              .filter(Objects::nonNull)
              .findFirst()
              .ifPresent(
                  fresh ->
                      fresh.forEach(seed -> trials.add(new Trial(runs.suite().name(), row, seed))));
    }
    List<RunRecord> again =
        training.apply(trials).stream()
            .filter(run -> seeds.containsKey(run.configuration()))
            .toList();
    // A claim may compare a suspected row with one that is not; the latter keeps its trials.
    List<RunRecord> judgedTogether = new ArrayList<>(again);
    runs.records().stream()
        .filter(run -> !seeds.containsKey(run.configuration()))
        .forEach(judgedTogether::add);
    List<Finding> judged =
        SuiteRuns.of(runs.suite().name(), judgedTogether, true).findings(hypotheses);
    SuiteResults now = SuiteResults.of(again, judged);
    Trained before =
        earlier.train(
            accepted.orElseThrow().commit(),
            runs.suite().name(),
            trials.stream()
                .collect(
                    Collectors.groupingBy(
                        trial -> trial.configuration().id(),
                        LinkedHashMap::new,
                        Collectors.mapping(Trial::seed, Collectors.toList()))));
    return confirmedBy(confirmation(now, before, seeds.keySet()));
  }

  private static Confirmation confirmation(SuiteResults now, Trained before, Set<String> rows) {
    List<RunRecord> records =
        before.records().stream().filter(run -> rows.contains(run.configuration())).toList();
    if (records.isEmpty()) {
      return new Confirmation(now, Optional.empty(), before.words());
    }
    SuiteResults then = SuiteResults.of(records, List.of());
    boolean comparable =
        then.deviceClass().equals(now.deviceClass())
            && then.rows().keySet().equals(now.rows().keySet())
            && then.testSets().keySet().equals(now.testSets().keySet());
    return comparable
        ? new Confirmation(now, Optional.of(then), before.words())
        : new Confirmation(
            now,
            Optional.empty(),
            before.words()
                + ", but with other rows, test items or device class, so the accepted trials are"
                + " compared with");
  }

  /**
   * These verdicts after the rows of {@link #toConfirm} were trained again.
   *
   * @throws InvalidInputException if a seed is not fresh or other test items were answered
   */
  public SuiteVerdicts confirmedBy(Confirmation again) {
    Optional<GoldenDiff> confirmed =
        accepted.map(
            then -> GoldenDiff.compare(then, SuiteResults.of(runs.records(), findings), again));
    return new SuiteVerdicts(runs, findings, accepted, confirmed, selection, Optional.of(again));
  }

  /**
   * The findings on one hypothesis. If trials are missing they are not compared with accepted
   * verdicts, because a verdict on fewer seeds is not a changed verdict.
   */
  public List<ComparedFinding> on(String hypothesis) {
    return compared(f -> f.hypothesis().equals(hypothesis));
  }

  /** The findings about one row, compared in the same way. */
  public List<ComparedFinding> about(String configuration) {
    return compared(f -> f.configuration().equals(configuration));
  }

  private List<ComparedFinding> compared(Predicate<Finding> chosen) {
    VerdictRule rule = VerdictRule.ofSuite(diff.filter(GoldenDiff::exact).isPresent());
    Optional<SuiteResults> comparable = accepted.filter(results -> runs.complete());
    return findings.stream()
        .filter(chosen)
        .map(
            f ->
                ComparedFinding.of(
                    f,
                    comparable.flatMap(results -> results.accepted(f)),
                    confirmation.flatMap(c -> c.now().accepted(f)),
                    rule))
        .toList();
  }
}
