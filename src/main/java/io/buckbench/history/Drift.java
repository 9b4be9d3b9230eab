package io.buckbench.history;

import io.buckbench.findings.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * How far an accepted value has moved since it was first accepted, and how often an accept loosened
 * what later runs must keep. Several small steps, each of which looks harmless, add up here.
 *
 * @param what the row, or {@code hypothesis/row}
 * @param value the name of the value, for example {@code accuracy}
 * @param first the value that was accepted first
 * @param last the value that was accepted last
 * @param change the difference of two numbers, in words; may be empty
 * @param accepts number of accepts with this value, the first included
 * @param loosened number of accepts that lowered an accuracy, raised a budget, or gave up a decided
 *     verdict
 */
public record Drift(
    String what,
    String value,
    String first,
    String last,
    String change,
    int accepts,
    int loosened) {
  private static final Set<Verdict> DECIDED = EnumSet.of(Verdict.SUPPORTED, Verdict.REFUTED);

  /**
   * The values that moved.
   *
   * @param accepted the accepted runs of one device class, oldest first
   * @return the accuracy and budget of each row of the newest run, then its verdicts; only those
   *     that differ from the first accepted one or were loosened on the way
   */
  public static List<Drift> of(List<PastRun> accepted) {
    List<Drift> drifts = new ArrayList<>();
    if (accepted.isEmpty()) {
      return drifts;
    }
    PastRun newest = accepted.get(accepted.size() - 1);
    for (String row : newest.rows().keySet()) {
      List<Double> accuracies = values(accepted, run -> accuracy(run, row));
      drifts.add(
          new Drift(
              row,
              "accuracy",
              percent(first(accuracies)),
              percent(last(accuracies)),
              String.format(Locale.ROOT, "%+.2f points", last(accuracies) - first(accuracies)),
              accuracies.size(),
              count(accuracies, (was, is) -> is < was)));
      List<BigDecimal> budgets = values(accepted, run -> budget(run, row));
      if (!budgets.isEmpty()) {
        drifts.add(
            new Drift(
                row,
                "budget",
                "$" + first(budgets).toPlainString(),
                "$" + last(budgets).toPlainString(),
                "",
                budgets.size(),
                count(budgets, (was, is) -> is.compareTo(was) > 0)));
      }
    }
    for (String key : newest.verdicts().keySet()) {
      List<String> verdicts = values(accepted, run -> run.verdicts().get(key));
      drifts.add(
          new Drift(
              key,
              "verdict",
              first(verdicts),
              last(verdicts),
              "",
              verdicts.size(),
              count(
                  verdicts,
                  (was, is) -> DECIDED.contains(Verdict.valueOf(was)) && !is.equals(was))));
    }
    drifts.removeIf(drift -> drift.first.equals(drift.last) && drift.loosened == 0);
    return drifts;
  }

  private static Double accuracy(PastRun run, String row) {
    return run.rows().containsKey(row) ? run.rows().get(row).accuracyPercent() : null;
  }

  private static BigDecimal budget(PastRun run, String row) {
    return run.rows().containsKey(row) ? run.rows().get(row).budgetUsd() : null;
  }

  private static <T> List<T> values(List<PastRun> runs, Function<PastRun, T> value) {
    return runs.stream().map(value).filter(Objects::nonNull).toList();
  }

  private static <T> T first(List<T> values) {
    return values.get(0);
  }

  private static <T> T last(List<T> values) {
    return values.get(values.size() - 1);
  }

  private static <T> int count(List<T> values, BiPredicate<T, T> loosens) {
    int count = 0;
    for (int i = 1; i < values.size(); i++) {
      count += loosens.test(values.get(i - 1), values.get(i)) ? 1 : 0;
    }
    return count;
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f %%", value);
  }

  /**
   * For example {@code ia3: accuracy 77.00 % -> 75.50 %, -1.50 points, loosened by 2 of 4 accepts}.
   */
  @Override
  public String toString() {
    return what
        + ": "
        + value
        + " "
        + first
        + " -> "
        + last
        + (change.isEmpty() ? "" : ", " + change)
        + ", loosened by "
        + loosened
        + " of "
        + accepts
        + " accepts";
  }
}
