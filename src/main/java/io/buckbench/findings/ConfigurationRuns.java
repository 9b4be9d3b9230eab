package io.buckbench.findings;

import io.buckbench.data.Answers;
import io.buckbench.eval.Diagnosis;
import io.buckbench.eval.Prediction;
import io.buckbench.eval.Scores;
import io.buckbench.eval.Trials;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.statistics.Regime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A configuration with the runs of all its seeds.
 *
 * @param id the configuration's id; for example {@code always yes} for a computed baseline
 * @param records by seed; empty for the computed baseline
 * @param trials their answers; a failed run answered nothing
 */
record ConfigurationRuns(String id, List<RunRecord> records, Trials trials) {

  static ConfigurationRuns of(
      String id, List<RunRecord> records, List<Prediction> items, Regime regime) {
    List<List<Prediction>> answers = records.stream().map(RunRecord::predictions).toList();
    return new ConfigurationRuns(id, List.copyOf(records), Trials.of(answers, items).in(regime));
  }

  /**
   * A baseline on this row's test items; empty if its answer is not one of the data set's.
   *
   * @param selector of a baseline
   */
  Optional<ConfigurationRuns> baseline(RowSelector selector) {
    Answers answers = trials.answers();
    int answer =
        selector.text().equals(RowSelector.ALL_YES)
            ? answers.of(Answers.YES_NO.word(0))
            : answers.commonest();
    return answer == Answers.OTHER
        ? Optional.empty()
        : Optional.of(
            new ConfigurationRuns(answers.always(answer), List.of(), trials.always(answer)));
  }

  boolean answersSameItems(ConfigurationRuns other) {
    return Trials.sameItems(trials.seed(0), other.trials.seed(0));
  }

  /** A remark on failed, diverged and collapsed runs; the empty string if there are none. */
  String warnings() {
    List<String> all = new ArrayList<>();
    long failed = count(RunStatus.FAILED);
    long diverged = count(RunStatus.DIVERGED);
    long collapsed =
        records.stream()
            .filter(r -> r.status() == RunStatus.COMPLETED && !r.predictions().isEmpty())
            .map(r -> Diagnosis.of(Scores.of(r.predictions()), false))
            .filter(d -> d.kind() == Diagnosis.Kind.COLLAPSED)
            .count();
    add(all, failed, "failed");
    add(all, diverged, "diverged");
    add(all, collapsed, "collapsed to one answer");
    add(all, count(RunStatus.UNAFFORDABLE), "had a budget below the first step");
    return String.join(", ", all);
  }

  private void add(List<String> all, long runs, String what) {
    if (runs > 0) {
      all.add(runs + " of " + records.size() + " runs of " + id + " " + what);
    }
  }

  private long count(RunStatus status) {
    return records.stream().filter(r -> r.status() == status).count();
  }
}
