package io.buckbench.golden;

import io.buckbench.eval.Holm;
import io.buckbench.input.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Fresh results compared with the accepted ones, row by row. Where device class and libraries
 * promise equal bits, unequal bits break the promise even if the accuracy is the same. Elsewhere a
 * statistical test decides, over the trials on the same test items, with a margin that is fixed in
 * advance.
 *
 * @param suite the suite's name
 * @param exact whether equal bits are promised
 * @param basis what is compared, bits or statistics, and why; for a person
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
   * Compares two results of one suite; an accepted trial that is not among the fresh ones is
   * missing.
   *
   * @throws InvalidInputException if they are of different suites
   */
  public static GoldenDiff compare(SuiteResults golden, SuiteResults fresh, Gate gate) {
    return compare(golden, fresh, gate, (row, seed) -> true);
  }

  /**
   * Compares the trials of a selection with the accepted ones of the same row and seed. A trial
   * that is not selected is not missing; verdicts are on all trials, so none is compared.
   *
   * @param selected row and seed of the trials that were to be run
   * @throws InvalidInputException if the results are of different suites
   */
  public static GoldenDiff compareSelected(
      SuiteResults golden, SuiteResults fresh, BiPredicate<String, Long> selected) {
    GoldenDiff diff = compare(golden.unjudged(), fresh.unjudged(), Gate.DEFAULT, selected);
    long all = golden.rows().values().stream().mapToLong(r -> r.trials().size()).sum();
    long some =
        golden.rows().values().stream()
            .flatMap(
                r -> r.trials().stream().filter(t -> selected.test(r.configuration(), t.seed())))
            .count();
    String part =
        String.format(
            Locale.ROOT,
            "%s; a selection: %d of %d accepted trials, each compared with that of its seed;"
                + " verdicts are on all trials and are not compared",
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
    List<String> reasons = golden.whyBitsMayDiffer(fresh);
    boolean exact = reasons.isEmpty();
    Map<String, RowComparison> both = new LinkedHashMap<>();
    for (String id : golden.rows().keySet()) {
      if (fresh.rows().containsKey(id)) {
        both.put(id, RowComparison.of(golden, fresh, id, seed -> selected.test(id, seed)));
      }
    }
    Map<String, RowDiff> judged = judged(both, gate);
    List<RowDiff> rows = new ArrayList<>();
    for (RowResults row : golden.rows().values()) {
      String id = row.configuration();
      if (judged.containsKey(id)) {
        rows.add(judged.get(id));
      } else if (row.trials().stream().anyMatch(trial -> selected.test(id, trial.seed()))) {
        rows.add(RowDiff.missing(row));
      }
    }
    fresh.rows().values().stream()
        .filter(row -> !golden.rows().containsKey(row.configuration()))
        .forEach(row -> rows.add(RowDiff.added(row)));
    return new GoldenDiff(
        golden.suite(),
        exact,
        exact
            ? "exact: the same device class and libraries promise equal bits"
            : "statistical: " + String.join(", ", reasons) + "; bits may differ",
        gate,
        rows,
        VerdictChange.between(golden, fresh, exact));
  }

  /** The rows' p values are corrected together; rows that are not tested do not count. */
  private static Map<String, RowDiff> judged(Map<String, RowComparison> rows, Gate gate) {
    double[] drops =
        Holm.adjust(rows.values().stream().mapToDouble(RowComparison::pDrop).toArray());
    double[] rises =
        Holm.adjust(rows.values().stream().mapToDouble(RowComparison::pRise).toArray());
    int tests = (int) Arrays.stream(drops).filter(p -> !Double.isNaN(p)).count();
    Map<String, RowDiff> judged = new LinkedHashMap<>();
    rows.forEach(
        (id, row) -> {
          int i = judged.size();
          judged.put(id, row.judged(gate, tests, drops[i], rises[i]));
        });
    return judged;
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
