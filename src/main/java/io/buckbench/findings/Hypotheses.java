package io.buckbench.findings;

import io.buckbench.data.Split;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.Regimes;
import io.buckbench.record.RunRecord;
import io.buckbench.statistics.Holm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
   * @throws InvalidInputException with every problem in the file
   */
  public static Hypotheses read(Path file) {
    return new Hypotheses(Hypothesis.read(file));
  }

  /** All ids, in the file's order. */
  public List<String> ids() {
    return all.stream().map(Hypothesis::id).toList();
  }

  /** The sentence that states a hypothesis. */
  public Optional<String> sentence(String id) {
    return find(id).map(Hypothesis::sentence);
  }

  /** The source and date of a hypothesis, for example {@code paper, claim 4 (2026-11-23)}. */
  public Optional<String> source(String id) {
    return find(id).map(h -> h.source() + " (" + h.declared() + ")");
  }

  /** What each hypothesis about a suite states, in the order of the file. */
  public List<Statement> statements(String suite) {
    return all.stream()
        .filter(h -> h.suites().contains(suite))
        .map(
            h ->
                new Statement(
                    h.id(),
                    h.sentence(),
                    h.source() + " (" + h.declared() + ")",
                    h.margin(),
                    h.metric().unit()))
        .toList();
  }

  private Optional<Hypothesis> find(String id) {
    return all.stream().filter(h -> h.id().equals(id)).findFirst();
  }

  /**
   * The settings in which rows differ that the hypotheses about a suite compare, although they do
   * not name them.
   *
   * @param rows the suite's rows
   * @return in the order of the file
   */
  public List<UnnamedDifference> unnamedDifferences(String suite, List<ComparedRow> rows) {
    return all.stream()
        .filter(hypothesis -> hypothesis.suites().contains(suite))
        .flatMap(hypothesis -> UnnamedDifferences.of(hypothesis, rows).stream())
        .toList();
  }

  /** All suites that hypotheses are about, in the file's order. */
  List<String> suites() {
    return all.stream().flatMap(h -> h.suites().stream()).distinct().toList();
  }

  /**
   * Judges the hypotheses of one suite on its runs; see {@link Findings}. Claims are about the test
   * split, so runs on the validation split are left out even if a selector chooses them; they only
   * show which trainings may collapse.
   */
  List<Finding> judge(String suite, List<RunRecord> runs) {
    List<Finding> findings = new ArrayList<>();
    List<Hypothesis> hypotheses = new ArrayList<>();
    List<ProvisionalVerdict> drafts = new ArrayList<>();
    Evidence evidence =
        Evidence.of(
            suite,
            runs.stream().filter(run -> run.declared().split() == Split.TEST).toList(),
            Regimes.of(runs));
    for (Hypothesis hypothesis : all) {
      if (!hypothesis.suites().contains(suite)) {
        continue;
      }
      for (ProvisionalVerdict draft : HypothesisJudge.drafts(hypothesis, evidence)) {
        hypotheses.add(hypothesis);
        drafts.add(draft);
      }
    }
    double[] supported = holm(drafts, ProvisionalVerdict::supported);
    double[] refuted = holm(drafts, ProvisionalVerdict::refuted);
    int tests = (int) Arrays.stream(supported).filter(p -> !Double.isNaN(p)).count();
    for (int i = 0; i < supported.length; i++) {
      findings.add(
          HypothesisJudge.finding(
              hypotheses.get(i), suite, drafts.get(i), supported[i], refuted[i], tests));
    }
    return findings;
  }

  /**
   * The claims of a suite are corrected together, and so are their opposites: each kind of error is
   * made in at most 5 % of suites.
   */
  private static double[] holm(
      List<ProvisionalVerdict> drafts, Function<ProvisionalVerdict, Tested> test) {
    return Holm.adjust(drafts.stream().mapToDouble(v -> test.apply(v).pValue()).toArray());
  }
}
