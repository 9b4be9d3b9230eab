package io.buckbench.findings;

import io.buckbench.eval.Interval;
import io.buckbench.eval.Power;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From one hypothesis and one suite's runs to its findings. */
final class Judge {
  /** A verdict that needs a test needs it at this level, after Holm's correction over the suite. */
  static final double LEVEL = 0.05;

  private Judge() {}

  static List<Draft> drafts(Hypothesis hypothesis, Evidence evidence) {
    if (evidence.runs().isEmpty()) {
      return List.of(notRun("suite " + evidence.suite() + " was not run"));
    }
    hypothesis.subject().requireColumns(hypothesis.where(), evidence.runs());
    hypothesis.reference().requireColumns(hypothesis.where(), evidence.runs());
    List<Draft> drafts = hypothesis.claim().judge(new Comparison(hypothesis, evidence));
    if (drafts.isEmpty()) {
      return List.of(notRun(missing(hypothesis, evidence)));
    }
    return evidence.anyFailed() ? cautious(hypothesis, evidence, drafts) : drafts;
  }

  /**
   * A run that broke counts as wrong, but a broken machine must not decide about a method: a
   * verdict stands only if it is the same when the broken runs are left out.
   */
  private static List<Draft> cautious(
      Hypothesis hypothesis, Evidence evidence, List<Draft> drafts) {
    List<Draft> without =
        hypothesis.claim().judge(new Comparison(hypothesis, evidence.withoutFailed()));
    List<Draft> cautious = new ArrayList<>();
    for (Draft draft : drafts) {
      boolean stands =
          draft.verdict() == Verdict.INCONCLUSIVE
              || without.stream()
                  .filter(other -> other.experiment().equals(draft.experiment()))
                  .filter(other -> other.statistic().equals(draft.statistic()))
                  .anyMatch(other -> other.verdict() == draft.verdict());
      cautious.add(
          stands
              ? draft
              : draft.withVerdict(
                  Verdict.INCONCLUSIVE, "the verdict hangs on how failed runs are counted"));
    }
    return cautious;
  }

  private static String missing(Hypothesis hypothesis, Evidence evidence) {
    String subject = hypothesis.subject().text();
    if (evidence.choose(hypothesis.subject()).isEmpty()) {
      return "no row that was run matches '" + subject + "'";
    }
    return "no row that was run can be held against '"
        + subject
        + "' ("
        + hypothesis.reference().text()
        + " on the same test rows)";
  }

  private static Draft notRun(String why) {
    return new Draft(
        "",
        Verdict.NOT_RUN,
        false,
        "",
        Interval.NONE,
        Double.NaN,
        new Power(0, 0, Double.NaN),
        why);
  }

  static Finding finding(Hypothesis hypothesis, String suite, Draft draft, double adjusted) {
    Draft decided =
        draft.needsTest() && !(adjusted <= LEVEL)
            ? draft.withVerdict(
                Verdict.INCONCLUSIVE,
                "the interval speaks for it, the test does not after correction for the suite")
            : draft;
    Metric metric = hypothesis.metric();
    return new Finding(
        hypothesis.id(),
        suite,
        decided.experiment(),
        decided.verdict(),
        decided.statistic(),
        decided.interval().estimate(),
        decided.interval().low(),
        decided.interval().high(),
        adjusted,
        decided.verdict() == Verdict.NOT_RUN
            ? ""
            : decided.power().sentence("a difference", metric.scale(), metric.unit()),
        sentence(hypothesis, decided, adjusted));
  }

  private static String sentence(Hypothesis hypothesis, Draft draft, double adjusted) {
    String verdict = draft.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    StringBuilder text = new StringBuilder(hypothesis.sentence()).append(": ").append(verdict);
    if (!draft.experiment().isEmpty()) {
      text.append(" for ").append(draft.experiment());
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
    return Draft.joined(text.toString(), draft.detail()) + ".";
  }
}
