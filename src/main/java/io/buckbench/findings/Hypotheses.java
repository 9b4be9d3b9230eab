package io.buckbench.findings;

import io.buckbench.data.Split;
import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.record.Regimes;
import io.buckbench.record.RunRecord;
import io.buckbench.statistics.Holm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The hypotheses declared before the runs: {@code benchmarks/hypotheses.csv}. A row that another
 * one supersedes is not judged.
 */
public final class Hypotheses {
  /** The columns that the file must have. */
  public static final List<String> COLUMNS = Hypothesis.COLUMNS;

  /** All rows of the file. */
  private final List<Hypothesis> declared;

  /** Those that no other row supersedes. */
  private final List<Hypothesis> all;

  private Hypotheses(List<Hypothesis> declared) {
    this.declared = List.copyOf(declared);
    this.all = Hypothesis.inForce(declared, Hypothesis::id, Hypothesis::supersedes);
  }

  /**
   * Reads the file; no file is no hypothesis.
   *
   * @throws InvalidInputException with every problem in the file
   */
  public static Hypotheses read(Path file) {
    return new Hypotheses(Hypothesis.read(file));
  }

  /**
   * The rows of the file that no other row supersedes, with all their columns.
   *
   * @throws InvalidInputException if the file is missing or is no such table
   */
  public static List<CsvRow> rows(Path file) {
    Problems problems = new Problems();
    CsvTable table = CsvTable.read(file, COLUMNS, List.of(Hypothesis.SUPERSEDES), problems);
    problems.throwIfAny();
    return Hypothesis.inForce(table.rows(), row -> row.text("id"), Hypothesis::superseded);
  }

  /** All ids, in the file's order. */
  public List<String> ids() {
    return all.stream().map(Hypothesis::id).toList();
  }

  /** The sentence that states a hypothesis. */
  public Optional<String> sentence(String id) {
    return find(id).map(Hypothesis::sentence);
  }

  /** The kind of claim with its margin, for example {@code beats, margin 0, 2 count (points)}. */
  public Optional<String> terms(String id) {
    return find(id).map(Hypothesis::terms);
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
                    h.claim().id(),
                    h.sentence(),
                    h.source() + " (" + h.declared() + ")",
                    margins(h),
                    h.claim().upper(),
                    h.metric().unit()))
        .toList();
  }

  /** The margins of the hypotheses that one replaced, oldest first, then its own. */
  private List<Double> margins(Hypothesis h) {
    List<Double> margins = new ArrayList<>();
    declared.stream()
        .filter(old -> h.supersedes().contains(old.id()))
        .filter(old -> old.claim().equals(h.claim()) && old.metric().equals(h.metric()))
        .findFirst()
        .ifPresent(old -> margins.addAll(margins(old)));
    margins.add(h.margin());
    return margins;
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
   * The fewest seeds a row that would decide each claim with 80 % power at the first step of Holm's
   * correction, if the true values are those of the runs and seeds differ as theirs do.
   *
   * @return by {@link Finding#key}; empty if no number of seeds would decide it
   */
  public Map<String, OptionalInt> seedsToDecide(String suite, List<RunRecord> runs) {
    List<Draft> drafts = drafts(suite, runs);
    int tests = (int) drafts.stream().filter(draft -> draft.verdict().tested()).count();
    Map<String, OptionalInt> seeds = new LinkedHashMap<>();
    drafts.forEach(
        draft ->
            seeds.put(
                Finding.key(draft.hypothesis().id(), draft.verdict().configuration()),
                draft.verdict().outlook().fewest(tests)));
    return seeds;
  }

  /** What the records say of a hypothesis. */
  private record Draft(Hypothesis hypothesis, ProvisionalVerdict verdict) {}

  private List<Draft> drafts(String suite, List<RunRecord> runs) {
    Evidence evidence =
        Evidence.of(
            suite,
            runs.stream().filter(run -> run.declared().split() == Split.TEST).toList(),
            Regimes.of(runs));
    return all.stream()
        .filter(hypothesis -> hypothesis.suites().contains(suite))
        .flatMap(
            hypothesis ->
                HypothesisJudge.drafts(hypothesis, evidence).stream()
                    .map(draft -> new Draft(hypothesis, draft)))
        .toList();
  }

  /**
   * Judges the hypotheses of one suite on its runs; see {@link Findings}. Claims are about the test
   * split, so runs on the validation split are left out even if a selector chooses them; they only
   * show which trainings may collapse.
   */
  List<Finding> judge(String suite, List<RunRecord> runs) {
    List<Finding> findings = new ArrayList<>();
    List<Draft> drafts = drafts(suite, runs);
    double[] supported = holm(drafts, ProvisionalVerdict::supported);
    double[] refuted = holm(drafts, ProvisionalVerdict::refuted);
    int tests = (int) drafts.stream().filter(draft -> draft.verdict().tested()).count();
    for (int i = 0; i < supported.length; i++) {
      Draft draft = drafts.get(i);
      findings.add(
          HypothesisJudge.finding(
              draft.hypothesis(), suite, draft.verdict(), supported[i], refuted[i], tests));
    }
    return findings;
  }

  /**
   * The claims of a suite are corrected together, and so are their opposites: each kind of error is
   * made in at most 5 % of suites.
   */
  private static double[] holm(List<Draft> drafts, Function<ProvisionalVerdict, Tested> test) {
    return Holm.adjust(
        drafts.stream().mapToDouble(d -> test.apply(d.verdict()).pValue()).toArray());
  }
}
