package io.buckbench.report;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.Statement;
import io.buckbench.findings.SuiteRuns;
import io.buckbench.findings.UnnamedDifference;
import io.buckbench.golden.GoldenDiff;
import io.buckbench.golden.GoldenStore;
import io.buckbench.golden.SuiteResults;
import io.buckbench.record.RunRecord;
import java.util.List;
import java.util.Optional;

/**
 * What was concluded from a suite's records.
 *
 * @param findings in the order of the hypotheses
 * @param statements what each hypothesis about the suite states
 * @param accepted the accepted results and their comparison, if there is anything to compare with
 * @param paper our repetition of the published table, if the suite repeats one
 * @param differences settings in which compared rows differ although no claim names them
 */
public record Judgement(
    List<Finding> findings,
    List<Statement> statements,
    Optional<AcceptedResults> accepted,
    List<PaperTable.Repetition> paper,
    List<UnnamedDifference> differences) {
  /** Nothing was judged. */
  public static final Judgement NONE =
      new Judgement(List.of(), List.of(), Optional.empty(), List.of(), List.of());

  /** Findings, of which nothing was accepted before. */
  public static Judgement of(String suite, List<Finding> findings, Hypotheses hypotheses) {
    return new Judgement(
        findings, hypotheses.statements(suite), Optional.empty(), List.of(), List.of());
  }

  /**
   * The findings on records, which are compared with the accepted results of their suite.
   *
   * @param records of one suite; they are not compared if they are of several device classes
   */
  public static Judgement of(List<RunRecord> records, Hypotheses hypotheses, GoldenStore golden) {
    String suite = records.get(0).suite();
    List<Finding> findings = new SuiteRuns(suite, records, 0).findings(hypotheses);
    Judgement judgement = of(suite, findings, hypotheses);
    long devices = records.stream().map(r -> r.provenance().deviceClass()).distinct().count();
    if (devices > 1) {
      return judgement;
    }
    SuiteResults now = SuiteResults.of(records, findings);
    return golden
        .find(suite, now.deviceClass())
        .map(then -> judgement.comparedWith(then, compare(then, now), golden, records, hypotheses))
        .orElse(judgement);
  }

  /** Only a whole suite is compared with all that was accepted. */
  private static GoldenDiff compare(SuiteResults then, SuiteResults now) {
    boolean whole =
        then.rows().values().stream()
            .allMatch(
                row ->
                    row.trials().stream()
                        .allMatch(trial -> now.contains(row.configuration(), trial.seed())));
    return whole
        ? GoldenDiff.compare(then, now)
        : GoldenDiff.compareSelected(then, now, now::contains);
  }

  /**
   * A copy that is compared with accepted results.
   *
   * @param then the accepted results
   * @param diff the comparison
   * @param golden knows when they were accepted
   * @param records that were compared
   */
  public Judgement comparedWith(
      SuiteResults then,
      GoldenDiff diff,
      GoldenStore golden,
      List<RunRecord> records,
      Hypotheses hypotheses) {
    AcceptedResults accepted =
        AcceptedResults.of(then, diff, golden.acceptedOn(then).orElse(""), records, hypotheses);
    return new Judgement(findings, statements, Optional.of(accepted), paper, differences);
  }

  /** A copy with the published table beside. */
  public Judgement beside(List<PaperTable.Repetition> published) {
    return new Judgement(findings, statements, accepted, published, differences);
  }

  /** A copy that lists the settings in which compared rows differ. */
  public Judgement withDifferences(List<UnnamedDifference> found) {
    return new Judgement(findings, statements, accepted, paper, found);
  }
}
