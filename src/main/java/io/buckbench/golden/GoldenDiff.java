package io.buckbench.golden;

import io.buckbench.eval.Holm;
import io.buckbench.eval.Interval;
import io.buckbench.input.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * A fresh snapshot held against the accepted one, row by row. Where device class and libraries
 * promise equal bits, unequal ones break the promise whatever the accuracy says; elsewhere a test
 * decides, over the trials on the same test rows, with a margin that was fixed in advance.
 *
 * @param suite the suite's name
 * @param exact whether equal bits are promised
 * @param basis on what the comparison stands, for a person
 * @param gate what was allowed
 * @param rows in the accepted order, then new ones
 * @param verdicts that are not as accepted
 */
public record GoldenDiff(
    String suite,
    boolean exact,
    String basis,
    Gate gate,
    List<RowDiff> rows,
    List<VerdictChange> verdicts) {

  /** With the default gate. */
  public static GoldenDiff compare(SuiteResults golden, SuiteResults fresh) {
    return compare(golden, fresh, Gate.DEFAULT);
  }

  /**
   * Compares two snapshots of one suite; an accepted trial that is not among the fresh ones is
   * missed.
   *
   * @throws InvalidInputException if they are of different suites
   */
  public static GoldenDiff compare(SuiteResults golden, SuiteResults fresh, Gate gate) {
    return compare(golden, fresh, gate, (row, seed) -> true);
  }

  /**
   * Compares the trials of a selection with the accepted ones of the same row and seed. What is not
   * selected is not missed; verdicts stand on all trials, so none is compared.
   *
   * @param selected row and seed of the trials that were to be run
   * @throws InvalidInputException if the snapshots are of different suites
   */
  public static GoldenDiff compareSelected(
      SuiteResults golden, SuiteResults fresh, BiPredicate<String, Long> selected) {
    GoldenDiff diff =
        compare(golden.judged(Map.of()), fresh.judged(Map.of()), Gate.DEFAULT, selected);
    long all = golden.rows().values().stream().mapToLong(r -> r.trials().size()).sum();
    long some =
        golden.rows().values().stream()
            .flatMap(
                r -> r.trials().stream().filter(t -> selected.test(r.configuration(), t.seed())))
            .count();
    String part =
        String.format(
            Locale.ROOT,
            "%s; a selection: %d of %d accepted trials, each held against that of its seed;"
                + " verdicts stand on all trials and are not compared",
            diff.basis(),
            some,
            all);
    return new GoldenDiff(
        diff.suite(), diff.exact(), part, diff.gate(), diff.rows(), diff.verdicts());
  }

  private static GoldenDiff compare(
      SuiteResults golden, SuiteResults fresh, Gate gate, BiPredicate<String, Long> selected) {
    if (!golden.suite().equals(fresh.suite())) {
      throw new InvalidInputException(
          "comparison",
          "suites " + golden.suite() + " and " + fresh.suite(),
          "one suite",
          "compare results of the same suite");
    }
    Exactness exactness = Exactness.of(golden, fresh);
    List<RowPair> pairs = new ArrayList<>();
    golden
        .rows()
        .forEach(
            (id, row) -> {
              RowResults now = fresh.rows().get(id);
              if (now != null) {
                pairs.add(RowPair.of(golden, fresh, row, now, seed -> selected.test(id, seed)));
              }
            });
    RowJudge judge = new RowJudge(gate, exactness, tests(pairs));
    double[] drops = Holm.adjust(pairs.stream().mapToDouble(p -> tested(p, true)).toArray());
    double[] rises = Holm.adjust(pairs.stream().mapToDouble(p -> tested(p, false)).toArray());
    List<RowDiff> rows = new ArrayList<>();
    for (RowResults row : golden.rows().values()) {
      int at = indexOf(pairs, row.configuration());
      if (at >= 0) {
        rows.add(judge.judge(pairs.get(at), drops[at], rises[at]));
      } else if (row.trials().stream()
          .anyMatch(t -> selected.test(row.configuration(), t.seed()))) {
        rows.add(missing(row));
      }
    }
    fresh.rows().values().stream()
        .filter(row -> !golden.rows().containsKey(row.configuration()))
        .forEach(row -> rows.add(added(row)));
    return new GoldenDiff(
        golden.suite(),
        exactness.promised(),
        basis(exactness),
        gate,
        rows,
        VerdictChange.between(golden, fresh, exactness.promised()));
  }

  private static int tests(List<RowPair> pairs) {
    return (int) pairs.stream().filter(p -> !Double.isNaN(tested(p, true))).count();
  }

  /** Rows with equal bits are known not to have changed and do not weigh on the others' tests. */
  private static double tested(RowPair pair, boolean drop) {
    if (pair.bitEqual() || pair.change() == null) {
      return Double.NaN;
    }
    return drop ? pair.change().pDrop() : pair.change().pRise();
  }

  private static int indexOf(List<RowPair> pairs, String configuration) {
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).golden().configuration().equals(configuration)) {
        return i;
      }
    }
    return -1;
  }

  private static String basis(Exactness exactness) {
    return exactness.promised()
        ? "exact: the same device class and libraries promise equal bits"
        : "statistical: " + String.join(", ", exactness.reasons()) + "; bits may differ";
  }

  private static RowDiff missing(RowResults row) {
    return new RowDiff(
        row.configuration(),
        RowOutcome.MISSING,
        true,
        row.accuracyPercent(),
        Double.NaN,
        Interval.NONE,
        Double.NaN,
        Double.NaN,
        List.of(),
        List.of(),
        row.configuration() + ": MISSING, accepted and not run now");
  }

  private static RowDiff added(RowResults row) {
    return new RowDiff(
        row.configuration(),
        RowOutcome.NEW,
        false,
        Double.NaN,
        row.accuracyPercent(),
        Interval.NONE,
        Double.NaN,
        Double.NaN,
        List.of(),
        List.of(),
        String.format(
            Locale.ROOT,
            "%s: NEW, accuracy %.2f, nothing accepted to hold it against",
            row.configuration(),
            row.accuracyPercent()));
  }

  /** Whether a build must fail. */
  public boolean breaksPromise() {
    return rows.stream().anyMatch(RowDiff::breaksPromise)
        || verdicts.stream().anyMatch(VerdictChange::breaksPromise);
  }

  /** The row with this id. */
  public RowDiff row(String configuration) {
    return rows.stream()
        .filter(r -> r.configuration().equals(configuration))
        .findFirst()
        .orElseThrow();
  }
}
