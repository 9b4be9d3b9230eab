package io.buckbench.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges one hypothesis on the runs of one suite. */
final class HypothesisJudge {
  /** The significance level of tests, after Holm's correction over the suite. */
  static final double LEVEL = 0.05;

  private HypothesisJudge() {}

  static List<ProvisionalVerdict> drafts(Hypothesis hypothesis, Evidence evidence) {
    if (evidence.runs().isEmpty()) {
      return List.of(notRun("suite " + evidence.suite() + " was not run"));
    }
    hypothesis.subject().requireColumns(hypothesis.where(), evidence.runs());
    hypothesis.reference().requireColumns(hypothesis.where(), evidence.runs());
    List<ProvisionalVerdict> drafts =
        hypothesis.claim().rule().apply(new Comparison(hypothesis, evidence));
    if (drafts.isEmpty()) {
      return List.of(notRun(missing(hypothesis, evidence)));
    }
    return evidence.anyFailed() ? cautious(hypothesis, evidence, drafts) : drafts;
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
          same
              ? draft
              : draft.withVerdict(
                  Verdict.INCONCLUSIVE, "the verdict depends on how failed runs are counted"));
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

  private static ProvisionalVerdict notRun(String why) {
    return new ProvisionalVerdict("", Verdict.NOT_RUN, false, "", Measured.NONE, why);
  }

  static Finding finding(
      Hypothesis hypothesis, String suite, ProvisionalVerdict draft, double adjusted) {
    ProvisionalVerdict decided =
        draft.needsTest() && !(adjusted <= LEVEL)
            ? draft.withVerdict(
                Verdict.INCONCLUSIVE,
                "the interval supports it, but not the test after correction over the suite")
            : draft;
    Metric metric = hypothesis.metric();
    return new Finding(
        hypothesis.id(),
        suite,
        decided.configuration(),
        decided.verdict(),
        decided.statistic(),
        decided.interval().estimate(),
        decided.interval().low(),
        decided.interval().high(),
        adjusted,
        decided.verdict() == Verdict.NOT_RUN
            ? ""
            : decided.measured().power().sentence("a difference", metric.scale(), metric.unit()),
        sentence(hypothesis, decided, adjusted));
  }

  private static String sentence(Hypothesis hypothesis, ProvisionalVerdict draft, double adjusted) {
    String verdict = draft.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    StringBuilder text = new StringBuilder(hypothesis.sentence()).append(": ").append(verdict);
    if (!draft.configuration().isEmpty()) {
      text.append(" for ").append(draft.configuration());
    }
    if (draft.verdict() != Verdict.NOT_RUN) {
      Metric metric = hypothesis.metric();
      text.append("; ")
          .append(draft.statistic())
          .append(": ")
          .append(metric.format(draft.interval().estimate()))
          .append(" (95 % interval ")
          .append(metric.format(draft.interval().low()))
          .append(" to ")
          .append(metric.format(draft.interval().high()))
          .append(')');
    }
    if (!Double.isNaN(adjusted)) {
      text.append(String.format(Locale.ROOT, ", p = %.2g after Holm", adjusted));
    }
    return ProvisionalVerdict.joined(text.toString(), draft.detail()) + ".";
  }
}
