package io.buckbench.record;

import io.buckbench.eval.AnswerCounts;
import io.buckbench.eval.Diagnosis;
import io.buckbench.statistics.Regime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the seeds of each row can differ, judged from all records at hand: a training may collapse if
 * one with the same method, model and data did, on the test or the validation split. A row whose
 * few seeds all learned by luck is recognised by its kin.
 *
 * @param collapsed method, model and data of the trainings that collapsed
 */
public record Regimes(Set<List<String>> collapsed) {

  /** Judges from records, which should include those on the validation split. */
  public static Regimes of(Collection<RunRecord> runs) {
    Set<List<String>> collapsed = new HashSet<>();
    for (RunRecord run : runs) {
      if (trained(run)
          && !run.predictions().isEmpty()
          && Diagnosis.collapsed(AnswerCounts.of(run.predictions()))) {
        collapsed.add(kind(run));
      }
    }
    return new Regimes(Set.copyOf(collapsed));
  }

  /** How the seeds of a run's row can differ. */
  public Regime of(RunRecord run) {
    if (!trained(run)) {
      // The examples that an untouched model is shown are drawn from the seed.
      return run.declared().shots() > 0 ? Regime.STEADY : Regime.FIXED;
    }
    return collapsed.contains(kind(run)) ? Regime.PRONE : Regime.STEADY;
  }

  private static boolean trained(RunRecord run) {
    String method = run.declared().method();
    return !method.equals(Declaration.NONE) && !Declaration.isBaseline(method);
  }

  private static List<String> kind(RunRecord run) {
    Declaration declared = run.declared();
    return List.of(declared.method(), declared.model(), declared.value("data"));
  }
}
