package io.buckbench.findings;

import io.buckbench.data.Split;
import io.buckbench.eval.Holm;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The hypotheses declared before the runs: {@code benchmarks/hypotheses.csv}. */
public final class Hypotheses {
  /** The file's columns. */
  public static final List<String> COLUMNS = Hypothesis.COLUMNS;

  private final List<Hypothesis> all;

  private Hypotheses(List<Hypothesis> all) {
    this.all = List.copyOf(all);
  }

  /**
   * Reads the file.
   *
   * @throws InvalidInputException with everything wrong in it
   */
  public static Hypotheses read(Path file) {
    return new Hypotheses(Hypothesis.read(file));
  }

  /** Every id, in the file's order. */
  public List<String> ids() {
    return all.stream().map(Hypothesis::id).toList();
  }

  /** The claim as a sentence. */
  public Optional<String> sentence(String id) {
    return find(id).map(Hypothesis::sentence);
  }

  /** Who claims it and when it was declared, for example {@code paper, claim 4 (2026-11-23)}. */
  public Optional<String> source(String id) {
    return find(id).map(h -> h.source() + " (" + h.declared() + ")");
  }

  private Optional<Hypothesis> find(String id) {
    return all.stream().filter(h -> h.id().equals(id)).findFirst();
  }

  /** Every hypothesis that is judged on a suite. */
  List<Hypothesis> on(String suite) {
    return all.stream().filter(h -> h.suites().contains(suite)).toList();
  }

  /** Every suite that a hypothesis is about, in the file's order. */
  List<String> suites() {
    return all.stream().flatMap(h -> h.suites().stream()).distinct().toList();
  }

  /**
   * The hypotheses of one suite judged on its runs; see {@link Findings}. Claims are about test
   * items: runs that were asked validation items are left out, even if a selector chooses them.
   */
  List<Finding> judge(String suite, List<RunRecord> runs) {
    List<Finding> findings = new ArrayList<>();
    List<Hypothesis> hypotheses = new ArrayList<>();
    List<ProvisionalVerdict> drafts = new ArrayList<>();
    Evidence evidence =
        Evidence.of(
            suite, runs.stream().filter(run -> run.declared().split() == Split.TEST).toList());
    for (Hypothesis hypothesis : on(suite)) {
      for (ProvisionalVerdict draft : HypothesisJudge.drafts(hypothesis, evidence)) {
        hypotheses.add(hypothesis);
        drafts.add(draft);
      }
    }
    double[] adjusted =
        Holm.adjust(drafts.stream().mapToDouble(ProvisionalVerdict::pValue).toArray());
    for (int i = 0; i < adjusted.length; i++) {
      findings.add(HypothesisJudge.finding(hypotheses.get(i), suite, drafts.get(i), adjusted[i]));
    }
    return findings;
  }
}
