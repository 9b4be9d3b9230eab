package io.buckbench.findings;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.NamePattern;
import io.buckbench.record.Declaration;
import io.buckbench.record.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Chooses rows of a suite by their declared values: {@code column=value} or {@code column!=value},
 * joined by {@code &}. A value can list alternatives separated by {@code |} and contain {@code *}
 * for any text. The column {@code configuration} is the row's id. {@code @majority} is the baseline
 * that gives the commonest answer of training to each of the subject's test items; {@code @all-yes}
 * answers yes.
 *
 * @param text the selector as it was written
 * @param conditions all must hold; an empty list chooses nothing
 */
public record RowSelector(String text, List<Condition> conditions) {
  /** The selector of the baseline that gives the commonest answer of training. */
  public static final String MAJORITY = "@majority";

  /** The selector of the baseline that answers yes. */
  public static final String ALL_YES = "@all-yes";

  /**
   * One condition.
   *
   * @param column a column of the suite, or {@code configuration}
   * @param wanted true if the value must match, false if it must not
   * @param value a pattern for the whole value
   */
  public record Condition(String column, boolean wanted, NamePattern value) {
    boolean holds(String configuration, Declaration declared) {
      String found = column.equals("configuration") ? configuration : declared.value(column);
      return value.matches(found) == wanted;
    }

    boolean isKnown(RunRecord run) {
      return column.equals("configuration") || run.declared().columns().containsKey(column);
    }
  }

  /**
   * Parses a selector.
   *
   * @throws IllegalArgumentException if a condition is not {@code column=value}
   */
  public static RowSelector parse(String text) {
    List<Condition> conditions = new ArrayList<>();
    if (!text.isBlank() && !isBaseline(text)) {
      for (String part : text.split("&", -1)) {
        int at = part.indexOf('=');
        boolean wanted = at > 0 && part.charAt(at - 1) != '!';
        String column = at < 0 ? "" : part.substring(0, wanted ? at : at - 1).strip();
        if (column.isEmpty()) {
          throw new IllegalArgumentException("'" + part.strip() + "'");
        }
        conditions.add(
            new Condition(column, wanted, NamePattern.of(part.substring(at + 1).strip())));
      }
    }
    return new RowSelector(text, List.copyOf(conditions));
  }

  private static boolean isBaseline(String text) {
    return text.equals(MAJORITY) || text.equals(ALL_YES);
  }

  /** Whether this is a baseline, which gives one answer to each of the subject's test items. */
  public boolean isBaseline() {
    return isBaseline(text);
  }

  /** Whether a run's row is chosen. */
  public boolean chooses(RunRecord run) {
    return chooses(run.configuration(), run.declared());
  }

  /** Whether a declared row is chosen. */
  boolean chooses(String configuration, Declaration declared) {
    return !conditions.isEmpty()
        && conditions.stream().allMatch(c -> c.holds(configuration, declared));
  }

  /**
   * Requires that the columns exist, so that a misspelled one does not result in "not run".
   *
   * @throws InvalidInputException for the first unknown column
   */
  void requireColumns(String where, List<RunRecord> runs) {
    for (Condition condition : conditions) {
      if (runs.stream().noneMatch(condition::isKnown)) {
        Set<String> columns = runs.get(0).declared().columns().keySet();
        throw new InvalidInputException(
            where,
            "column " + condition.column(),
            "a column of suite " + runs.get(0).suite() + ": configuration, " + columns,
            "correct the selector '" + text + "'");
      }
    }
  }
}
