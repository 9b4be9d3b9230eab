package io.buckbench.history;

import io.buckbench.findings.Statement;
import io.buckbench.findings.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
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
 * @param what the row, the hypothesis, or {@code hypothesis/row}
 * @param value the name of the value, for example {@code accuracy}
 * @param first the value that was accepted first
 * @param last the value that was accepted last
 * @param change the difference of two numbers, in words; may be empty
 * @param counted what there were several of: accepts of a value, or hypotheses with a margin
 * @param count how many of them, the first included
 * @param loosened how many of them lowered an accuracy, raised a budget, gave up a decided verdict,
 *     or had a margin that is easier to keep
 */
public record Drift(
    String what,
    String value,
    String first,
    String last,
    String change,
    String counted,
    int count,
    int loosened) {
  private static final String ACCEPTS = "accepts";

  private static final Set<Verdict> DECIDED = EnumSet.of(Verdict.SUPPORTED, Verdict.REFUTED);

  /**
   * The values that moved.
   *
   * @param accepted the accepted runs of one device class, oldest first
   * @param statements what the hypotheses state
   * @return the accuracy and budget of each row of the newest run, then its verdicts, then the
   *     margins; only those that differ from the first one or were loosened on the way
   */
  public static List<Drift> of(List<PastRun> accepted, List<Statement> statements) {
    List<Drift> drifts = new ArrayList<>();
    if (!accepted.isEmpty()) {
      addAccepted(accepted, drifts);
    }
    statements.forEach(statement -> drifts.add(margin(statement)));
    drifts.removeIf(drift -> drift.first.equals(drift.last) && drift.loosened == 0);
    return drifts;
  }

  private static void addAccepted(List<PastRun> accepted, List<Drift> drifts) {
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
              ACCEPTS,
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
                ACCEPTS,
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
              ACCEPTS,
              verdicts.size(),
              count(
                  verdicts,
                  (was, is) -> DECIDED.contains(Verdict.valueOf(was)) && !is.equals(was))));
    }
  }

  private static Drift margin(Statement s) {
    return new Drift(
        s.id(),
        "margin",
        margin(first(s.margins()), s),
        margin(s.margin(), s),
        (s.margin() < first(s.margins()) ? "" : "+") + margin(s.margin() - first(s.margins()), s),
        "hypotheses",
        s.margins().size(),
        s.loosened());
  }

  private static String margin(double margin, Statement s) {
    return number(margin) + " " + s.unit();
  }

  private static String number(double value) {
    return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
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

  /** For example {@code 77.00 % -> 75.50 %, -1.50 points}. */
  public String movement() {
    return first + " -> " + last + (change.isEmpty() ? "" : ", " + change);
  }

  /** For example {@code loosened by 2 of 4 accepts}. */
  public String steps() {
    return "loosened by " + loosened + " of " + count + " " + counted;
  }

  /**
   * For example {@code ia3: accuracy 77.00 % -> 75.50 %, -1.50 points, loosened by 2 of 4 accepts}.
   */
  @Override
  public String toString() {
    return what + ": " + value + " " + movement() + ", " + steps();
  }
}
