package io.buckbench.junit;

import io.buckbench.eval.Prediction;
import io.buckbench.golden.GoldenDiff;
import io.buckbench.golden.GoldenStore;
import io.buckbench.golden.RowResults;
import io.buckbench.golden.SuiteResults;
import io.buckbench.golden.TestSet;
import io.buckbench.golden.TrialResults;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The accepted results of a suite, trial by trial. Golden files keep verdicts over all seeds only;
 * the verdict on one trial follows from its accepted answers by the same rule as from fresh ones.
 *
 * @param snapshot what was accepted
 */
record Accepted(SuiteResults snapshot) {
  /** What {@code -Dgolden=accept} asks for: the fresh results are to become the accepted ones. */
  static boolean beingReplaced() {
    return "accept".equals(System.getProperty("golden"));
  }

  /** The accepted results of a record's suite, if there are any. */
  static Optional<Accepted> of(RunRecord run, GoldenStore store) {
    return store.find(run.suite(), run.provenance().deviceClass()).map(Accepted::new);
  }

  /** The accepted answers to a trial as a record of that trial; nothing else of it is accepted. */
  Optional<RunRecord> like(RunRecord fresh) {
    return Optional.ofNullable(snapshot.rows().get(fresh.configuration()))
        .flatMap(
            row ->
                row.trials().stream()
                    .filter(trial -> trial.seed() == fresh.seed())
                    .findFirst()
                    .map(trial -> record(fresh, row, trial)));
  }

  /**
   * One trial held against the accepted one of the same row and seed.
   *
   * @return nothing where this trial was never accepted
   */
  Optional<GoldenDiff> compare(RunRecord fresh) {
    if (like(fresh).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        GoldenDiff.compareSelected(
            snapshot,
            SuiteResults.of(List.of(fresh), List.of()),
            (row, seed) -> row.equals(fresh.configuration()) && seed == fresh.seed()));
  }

  private RunRecord record(RunRecord fresh, RowResults row, TrialResults trial) {
    return RunCopy.of(fresh)
        .ended(trial.status(), "")
        .steps(List.of())
        .predictions(predictions(snapshot.testSets().get(row.testSet()), trial))
        .record();
  }

  private static List<Prediction> predictions(TestSet set, TrialResults trial) {
    String letters = String.join("", trial.answers());
    Map<Integer, String> others = new HashMap<>();
    trial
        .others()
        .forEach(
            (text, rows) -> {
              for (String at : rows.split(" ")) {
                others.put(Integer.parseInt(at), text);
              }
            });
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      String answer =
          switch (letters.charAt(i)) {
            case 'y' -> "yes";
            case 'n' -> "no";
            default -> others.get(i);
          };
      boolean wanted = set.wanted().charAt(i) == 'y';
      predictions.add(new Prediction(set.ids().get(i), "", wanted, answer, Double.NaN, Double.NaN));
    }
    return predictions;
  }
}
