package io.buckbench.findings;

import io.buckbench.eval.Diagnosis;
import io.buckbench.eval.Prediction;
import io.buckbench.eval.Scores;
import io.buckbench.eval.Trials;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.statistics.Regime;
import java.util.ArrayList;
import java.util.List;

/**
 * A configuration with the runs of all its seeds.
 *
 * @param id the configuration's id; {@code always yes} for the computed baseline
 * @param records by seed; empty for the computed baseline
 * @param trials their answers; a failed run answered nothing
 */
record ConfigurationRuns(String id, List<RunRecord> records, Trials trials) {

  static ConfigurationRuns of(
      String id, List<RunRecord> records, List<Prediction> items, Regime regime) {
    List<List<Prediction>> answers = records.stream().map(RunRecord::predictions).toList();
    return new ConfigurationRuns(id, List.copyOf(records), Trials.of(answers, items).in(regime));
  }

  /** The baseline that answers yes to each of this row's test items. */
  ConfigurationRuns allYes() {
    return new ConfigurationRuns("always yes", List.of(), trials.allYes());
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
    add(all, collapsed, "collapsed to one word");
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
