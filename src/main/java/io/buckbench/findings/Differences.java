package io.buckbench.findings;

import io.buckbench.eval.Interval;
import java.util.Comparator;
import java.util.List;

/** Claims about the difference between each subject row and its reference. */
final class Differences {
  private Differences() {}

  /** Each subject's metric exceeds its reference's by more than the margin. */
  static List<ProvisionalVerdict> beats(Comparison comparison) {
    return comparison.judged((subject, reference) -> beats(comparison, subject, reference));
  }

  static ProvisionalVerdict beats(
      Comparison comparison, ConfigurationRuns subject, ConfigurationRuns reference) {
    return comparison.above(
        subject.id(),
        comparison.differenceTo(reference.id()),
        comparison.difference(subject, reference),
        ProvisionalVerdict.joined(subject.warnings(), reference.warnings()));
  }

  /**
   * Each subject's metric differs from its reference's by at most the margin in either direction.
   * This is an equivalence claim: it is supported only if the whole interval is within the margin.
   */
  static List<ProvisionalVerdict> staysNear(Comparison comparison) {
    double margin = comparison.hypothesis().margin();
    return comparison.judged(
        (subject, reference) -> {
          Measured measured = comparison.difference(subject, reference).untested();
          Interval i = measured.interval();
          return new ProvisionalVerdict(
              subject.id(),
              Verdict.of(
                  i.low() >= -margin && i.high() <= margin, i.low() > margin || i.high() < -margin),
              false,
              comparison.differenceTo(reference.id()),
              measured,
              ProvisionalVerdict.joined(subject.warnings(), reference.warnings()));
        });
  }

  /** No subject beats its reference by an effect that matters. */
  static List<ProvisionalVerdict> noneBeats(Comparison comparison) {
    return none(beats(comparison));
  }

  /**
   * Combines the verdicts on "this row is above" into one verdict on "no row is above". The finding
   * shows the row that is closest to refuting it.
   */
  static List<ProvisionalVerdict> none(List<ProvisionalVerdict> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    ProvisionalVerdict nearest =
        rows.stream()
            .max(Comparator.comparingDouble((ProvisionalVerdict v) -> v.interval().low()))
            .orElseThrow();
    ProvisionalVerdict highest =
        rows.stream()
            .max(Comparator.comparingDouble((ProvisionalVerdict v) -> v.interval().high()))
            .orElseThrow();
    boolean refuted = nearest.verdict() == Verdict.SUPPORTED;
    ProvisionalVerdict shown = refuted ? nearest : highest;
    return List.of(
        new ProvisionalVerdict(
            "",
            Verdict.of(rows.stream().allMatch(v -> v.verdict() == Verdict.REFUTED), refuted),
            refuted,
            shown.statistic(),
            shown.measured().selectedFrom(rows.size()),
            ProvisionalVerdict.joined(
                "of " + rows.size() + " rows " + shown.configuration() + " comes nearest",
                shown.detail())));
  }
}
