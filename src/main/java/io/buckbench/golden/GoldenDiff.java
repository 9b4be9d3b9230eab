package io.buckbench.golden;

import io.buckbench.input.InvalidInputException;
import io.buckbench.statistics.Holm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;

/**
 * Fresh results compared with the accepted ones, row by row. If device class and libraries promise
 * equal bits, unequal bits break the promise even if the accuracy is the same. Otherwise a
 * statistical test with a fixed margin decides, over the trials on the same test items, and what it
 * finds is confirmed with fresh seeds.
 *
 * @param suite the suite's name
 * @param exact whether equal bits are promised
 * @param basis a description of what is compared, bits or statistics, and why
 * @param rows accepted rows in their order, then new ones
 * @param verdicts the verdicts that differ from the accepted ones
 */
public record GoldenDiff(
    String suite, boolean exact, String basis, List<RowDiff> rows, List<VerdictChange> verdicts) {

  /**
   * Compares two results of one suite. An accepted trial that is not among the fresh ones is
   * reported as missing.
   *
   * @throws InvalidInputException if they are of different suites
   */
  public static GoldenDiff compare(SuiteResults golden, SuiteResults fresh) {
    return compare(golden, fresh, (row, seed) -> true, true, "", Optional.empty());
  }

  /**
   * Compares two results with the help of fresh seeds of the rows that {@link #suspected} names. A
   * suspected row without them stays suspected.
   *
   * @throws InvalidInputException if the results are of different suites or a seed is not fresh
   */
  public static GoldenDiff compare(
      SuiteResults golden, SuiteResults fresh, Confirmation confirmation) {
    return compare(golden, fresh, (row, seed) -> true, true, "", Optional.of(confirmation));
  }

  /** Compares two results as {@link #compare} does, but not their verdicts. */
  static GoldenDiff compareRows(SuiteResults golden, SuiteResults fresh) {
    return compare(golden, fresh, (row, seed) -> true, false, "", Optional.empty());
  }

  /**
   * Compares the trials of a selection with the accepted ones of the same row and seed. A trial
   * that is not selected is not missing. Verdicts are not compared, because they are on all trials.
   *
   * @param selected whether the trial of a row and seed was to be run
   * @throws InvalidInputException if the results are of different suites
   */
  public static GoldenDiff compareSelected(
      SuiteResults golden, SuiteResults fresh, BiPredicate<String, Long> selected) {
    long all = golden.rows().values().stream().mapToLong(r -> r.trials().size()).sum();
    long some =
        golden.rows().values().stream()
            .flatMap(
                r -> r.trials().stream().filter(t -> selected.test(r.configuration(), t.seed())))
            .count();
    String part =
        String.format(
            Locale.ROOT,
            "; a selection: %d of %d accepted trials, each compared with that of its seed;"
                + " verdicts are on all trials and are not compared",
            some,
            all);
    return compare(golden, fresh, selected, false, part, Optional.empty());
  }

  private static GoldenDiff compare(
      SuiteResults golden,
      SuiteResults fresh,
      BiPredicate<String, Long> selected,
      boolean verdicts,
      String part,
      Optional<Confirmation> confirmation) {
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
    Map<String, RowDiff> judged = judged(both);
    confirmation.ifPresent(c -> judged.putAll(confirmed(both, judged, c, golden, fresh)));
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
        (exact
                ? "exact: the same device class and libraries promise equal bits"
                : "statistical: " + String.join(", ", reasons) + "; bits may differ")
            + part,
        rows,
        verdicts ? VerdictChange.between(golden, fresh, exact, confirmation) : List.of());
  }

  /** Corrects the p values of all tested rows together, and judges the rows. */
  private static Map<String, RowDiff> judged(Map<String, RowComparison> rows) {
    double[] drops = holm(rows.values(), RowComparison::pDrop);
    double[] rises = holm(rows.values(), RowComparison::pRise);
    int tests = tested(rows);
    Map<String, RowDiff> judged = new LinkedHashMap<>();
    rows.forEach(
        (id, row) -> {
          int i = judged.size();
          judged.put(id, row.judged(tests, drops[i], rises[i]));
        });
    return judged;
  }

  private static <T> double[] holm(Collection<T> rows, ToDoubleFunction<T> pValue) {
    return Holm.adjust(rows.stream().mapToDouble(pValue).toArray());
  }

  private static int tested(Map<String, RowComparison> rows) {
    return (int) rows.values().stream().filter(row -> !Double.isNaN(row.pDrop())).count();
  }

  /** Judges the suspected rows that were trained on fresh seeds; only these are corrected for. */
  private static Map<String, RowDiff> confirmed(
      Map<String, RowComparison> rows,
      Map<String, RowDiff> judged,
      Confirmation confirmation,
      SuiteResults golden,
      SuiteResults fresh) {
    Map<String, RowConfirmation> again = new LinkedHashMap<>();
    judged.forEach(
        (id, diff) -> {
          if (diff.outcome() == RowOutcome.SUSPECTED) {
            confirmation
                .change(golden, fresh, id)
                .ifPresent(
                    change ->
                        again.put(
                            id,
                            new RowConfirmation(
                                rows.get(id),
                                diff,
                                tested(rows),
                                change,
                                confirmation.ofMachine(golden, id),
                                confirmation.words())));
          }
        });
    double[] drops = holm(again.values(), RowConfirmation::pDrop);
    double[] rises = holm(again.values(), RowConfirmation::pRise);
    double[] machine = holm(again.values(), RowConfirmation::pMachine);
    Map<String, RowDiff> confirmed = new LinkedHashMap<>();
    again.forEach(
        (id, row) -> {
          int i = confirmed.size();
          confirmed.put(id, row.judged(again.size(), drops[i], rises[i], machine[i]));
        });
    return confirmed;
  }

  /** The rows whose change is to be confirmed with {@link Confirmation#seeds fresh seeds}. */
  public List<String> suspected() {
    return rows.stream()
        .filter(row -> row.outcome() == RowOutcome.SUSPECTED)
        .map(RowDiff::configuration)
        .toList();
  }

  /** Whether the build must fail. */
  public boolean breaksPromise() {
    return rows.stream().anyMatch(RowDiff::breaksPromise)
        || verdicts.stream().anyMatch(VerdictChange::breaksPromise);
  }

  /** The comparison of a configuration. */
  public RowDiff row(String configuration) {
    return rows.stream()
        .filter(r -> r.configuration().equals(configuration))
        .findFirst()
        .orElseThrow();
  }
}
