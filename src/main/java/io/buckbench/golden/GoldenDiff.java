package io.buckbench.golden;

import io.buckbench.eval.Holm;
import io.buckbench.eval.Interval;
import io.buckbench.table.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
  public static GoldenDiff compare(Snapshot golden, Snapshot fresh) {
    return compare(golden, fresh, Gate.DEFAULT);
  }

  /**
   * Compares two snapshots of one suite.
   *
   * @throws InvalidInputException if they are of different suites
   */
  public static GoldenDiff compare(Snapshot golden, Snapshot fresh, Gate gate) {
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
              if (fresh.rows().containsKey(id)) {
                pairs.add(RowPair.of(golden, fresh, row, fresh.rows().get(id)));
              }
            });
    RowJudge judge = new RowJudge(gate, exactness, tests(pairs));
    double[] drops = Holm.adjust(pairs.stream().mapToDouble(p -> tested(p, true)).toArray());
    double[] rises = Holm.adjust(pairs.stream().mapToDouble(p -> tested(p, false)).toArray());
    List<RowDiff> rows = new ArrayList<>();
    for (RowSnapshot row : golden.rows().values()) {
      int at = indexOf(pairs, row.experiment());
      rows.add(at < 0 ? missing(row) : judge.judge(pairs.get(at), drops[at], rises[at]));
    }
    fresh.rows().values().stream()
        .filter(row -> !golden.rows().containsKey(row.experiment()))
        .forEach(row -> rows.add(added(row)));
    return new GoldenDiff(
        golden.suite(),
        exactness.promised(),
        basis(exactness),
        gate,
        rows,
        verdicts(golden, fresh, exactness.promised()));
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

  private static int indexOf(List<RowPair> pairs, String experiment) {
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).golden().experiment().equals(experiment)) {
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

  private static RowDiff missing(RowSnapshot row) {
    return new RowDiff(
        row.experiment(),
        Outcome.MISSING,
        true,
        row.accuracyPercent(),
        Double.NaN,
        Interval.NONE,
        Double.NaN,
        Double.NaN,
        List.of(),
        List.of(),
        row.experiment() + ": MISSING, accepted and not run now");
  }

  private static RowDiff added(RowSnapshot row) {
    return new RowDiff(
        row.experiment(),
        Outcome.NEW,
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
            row.experiment(),
            row.accuracyPercent()));
  }

  private static List<VerdictChange> verdicts(Snapshot golden, Snapshot fresh, boolean exact) {
    Set<String> keys = new LinkedHashSet<>(golden.verdicts().keySet());
    keys.addAll(fresh.verdicts().keySet());
    List<VerdictChange> changes = new ArrayList<>();
    for (String key : keys) {
      String accepted = golden.verdicts().getOrDefault(key, "nothing");
      String now = fresh.verdicts().getOrDefault(key, "nothing");
      if (!accepted.equals(now)) {
        changes.add(
            new VerdictChange(key, accepted, now, breaks(key, accepted, now, fresh, exact)));
      }
    }
    return changes;
  }

  private static boolean breaks(
      String key, String accepted, String now, Snapshot fresh, boolean exact) {
    Set<String> verdicts = Set.of("SUPPORTED", "REFUTED", "INCONCLUSIVE");
    if (!verdicts.contains(accepted)) {
      return false;
    }
    if (!verdicts.contains(now)) {
      // Not run is no verdict, and a missing row breaks on its own; a withdrawn hypothesis does.
      String hypothesis = key.split("/")[0];
      return fresh.verdicts().keySet().stream().noneMatch(k -> k.split("/")[0].equals(hypothesis));
    }
    // Chance may move a borderline verdict of another machine to inconclusive and back, not across.
    return exact || (!accepted.equals("INCONCLUSIVE") && !now.equals("INCONCLUSIVE"));
  }

  /** Whether a build must fail. */
  public boolean breaksPromise() {
    return rows.stream().anyMatch(RowDiff::breaksPromise)
        || verdicts.stream().anyMatch(VerdictChange::breaksPromise);
  }

  /** The row with this id. */
  public RowDiff row(String experiment) {
    return rows.stream().filter(r -> r.experiment().equals(experiment)).findFirst().orElseThrow();
  }
}
