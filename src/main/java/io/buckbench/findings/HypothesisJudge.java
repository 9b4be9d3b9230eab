package io.buckbench.findings;

import io.buckbench.statistics.Interval;
import io.buckbench.statistics.Regime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Judges one hypothesis on the runs of one suite. */
final class HypothesisJudge {
  private HypothesisJudge() {}

  static List<ProvisionalVerdict> drafts(Hypothesis hypothesis, Evidence evidence) {
    if (evidence.runs().isEmpty()) {
      return List.of(ProvisionalVerdict.notRun("suite " + evidence.suite() + " was not run"));
    }
    hypothesis.subject().requireColumns(hypothesis.where(), evidence.runs());
    hypothesis.reference().requireColumns(hypothesis.where(), evidence.runs());
    Comparison comparison = new Comparison(hypothesis, evidence);
    List<ProvisionalVerdict> drafts = hypothesis.claim().rule().apply(comparison);
    if (drafts.isEmpty()) {
      return List.of(ProvisionalVerdict.notRun(missing(hypothesis, evidence)));
    }
    if (hypothesis.metric().isLoss() && mayCollapse(comparison)) {
      return drafts.stream().map(HypothesisJudge::withoutInterval).toList();
    }
    return evidence.anyFailed() ? cautious(hypothesis, evidence, drafts) : drafts;
  }

  private static boolean mayCollapse(Comparison comparison) {
    return Stream.of(comparison.subjects(), comparison.references())
        .flatMap(List::stream)
        .anyMatch(row -> row.trials().regime() == Regime.PRONE);
  }

  /**
   * Losses of a row that may collapse are of two kinds. Few seeds may show one of them only, and
   * then an interval of their spread covers the mean in as little as 41 % (docs/simulated.md).
   */
  private static ProvisionalVerdict withoutInterval(ProvisionalVerdict draft) {
    return draft
        .measured(new Interval(draft.interval().estimate(), Double.NaN, Double.NaN))
        .undecided("there is no interval for losses of a row that may collapse");
  }

  /**
   * The answers of a failed run count as wrong, but a broken machine must not decide the verdict on
   * a method: a verdict is kept only if it is the same without the failed runs.
   */
  private static List<ProvisionalVerdict> cautious(
      Hypothesis hypothesis, Evidence evidence, List<ProvisionalVerdict> drafts) {
    List<ProvisionalVerdict> without =
        hypothesis.claim().rule().apply(new Comparison(hypothesis, evidence.withoutFailed()));
    List<ProvisionalVerdict> cautious = new ArrayList<>();
    for (ProvisionalVerdict draft : drafts) {
      boolean same =
          draft.verdict() == Verdict.INCONCLUSIVE
              || without.stream()
                  .filter(other -> other.configuration().equals(draft.configuration()))
                  .filter(other -> other.statistic().equals(draft.statistic()))
                  .anyMatch(other -> other.verdict() == draft.verdict());
      cautious.add(
          same ? draft : draft.undecided("the verdict depends on how failed runs are counted"));
    }
    return cautious;
  }

  private static String missing(Hypothesis hypothesis, Evidence evidence) {
    String subject = hypothesis.subject().text();
    if (evidence.choose(hypothesis.subject()).isEmpty()) {
      return "no row that was run matches '" + subject + "'";
    }
    return "no row that was run can be compared with '"
        + subject
        + "' ("
        + hypothesis.reference().text()
        + " on the same test items)";
  }

  /**
   * The finding on a hypothesis.
   *
   * @param supported p value of the claim after Holm's correction over the suite; NaN if not tested
   * @param refuted that of its opposite
   * @param tests number of claims that were tested
   */
  static Finding finding(
      Hypothesis hypothesis,
      String suite,
      ProvisionalVerdict draft,
      double supported,
      double refuted,
      int tests) {
    Verdict verdict =
        draft.run()
            ? Verdict.of(draft.supported().shows(supported), draft.refuted().shows(refuted))
            : Verdict.NOT_RUN;
    double p = verdict == Verdict.REFUTED ? refuted : supported;
    return new Finding(
        hypothesis.id(),
        suite,
        draft.configuration(),
        verdict,
        draft.statistic(),
        draft.interval().estimate(),
        draft.interval().low(),
        draft.interval().high(),
        p,
        draft.outlook().power(),
        sentence(hypothesis, draft, verdict, p, tests),
        hypothesis.metric().repeats());
  }

  private static String sentence(
      Hypothesis hypothesis, ProvisionalVerdict draft, Verdict verdict, double p, int tests) {
    StringBuilder text =
        new StringBuilder(hypothesis.sentence()).append(": ").append(verdict.words());
    if (!draft.configuration().isEmpty()) {
      text.append(" for ").append(draft.configuration());
    }
    if (verdict == Verdict.REFUTED) {
      text.append(", ").append(draft.refutation());
    }
    if (draft.run()) {
      text.append("; ").append(draft.statistic()).append(": ").append(value(hypothesis, draft));
    }
    if (!Double.isNaN(p)) {
      text.append(
          String.format(
              Locale.ROOT,
              ", p = %.2g %safter Holm",
              p,
              verdict == Verdict.REFUTED ? "for the refutation " : ""));
    }
    if (verdict == Verdict.INCONCLUSIVE) {
      if (draft.verdict() != Verdict.INCONCLUSIVE) {
        text.append(draft.supported().byInterval() ? "; the interval supports it" : "")
            .append(draft.refuted().byInterval() ? "; the interval refutes it" : "")
            .append(", but not the test after correction over the suite");
      }
      text.append("; ").append(draft.outlook().seeds(tests));
    }
    return ProvisionalVerdict.joined(text.toString(), draft.detail()) + ".";
  }

  private static String value(Hypothesis hypothesis, ProvisionalVerdict draft) {
    Metric metric = hypothesis.metric();
    Interval interval = draft.interval();
    return Double.isNaN(interval.low())
        ? metric.format(interval.estimate()) + " (no interval)"
        : String.format(
            Locale.ROOT,
            "%s (95 %% interval %s to %s)",
            metric.format(interval.estimate()),
            metric.format(interval.low()),
            metric.format(interval.high()));
  }
}
