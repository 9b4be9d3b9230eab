package io.buckbench.input;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One row, read by typed accessors. An accessor that finds something else notes the problem and
 * answers with a harmless stand-in, so that the rest of the row is checked too; {@link
 * CsvTable#map} drops such a row.
 */
public final class CsvRow {
  private final Path file;
  private final int line;
  private final Map<String, String> values;
  private final Problems problems;
  private boolean bad;

  CsvRow(Path file, int line, Map<String, String> values, Problems problems) {
    this.file = file;
    this.line = line;
    this.values = Collections.unmodifiableMap(values);
    this.problems = problems;
  }

  /** The line in the file, counted from 1. */
  public int line() {
    return line;
  }

  /** Every value as it stands, by column, in the file's order. */
  public Map<String, String> values() {
    return values;
  }

  /** File, line and column, as an error names them. */
  public String where(String column) {
    return file + ":" + line + " column " + column;
  }

  /** Notes that a column's value will not do. */
  public void problem(String column, String found, String expected, String todo) {
    bad = true;
    problems.add(where(column), found, expected, todo);
  }

  /** Notes everything that is wrong with what a value refers to, such as a file. */
  public void problems(InvalidInputException part) {
    bad = true;
    problems.addAll(part);
  }

  /** Whether the value is empty or its optional column is not in the file. */
  public boolean isEmpty(String column) {
    return values.getOrDefault(column, "").isEmpty();
  }

  /** A text that may be empty. */
  public String text(String column) {
    return values.getOrDefault(column, "");
  }

  /** A text that must not be empty. */
  public String required(String column) {
    if (isEmpty(column)) {
      problem(column, "nothing", "a value", "fill it in");
    }
    return text(column);
  }

  /** A whole number in a range. */
  public int integer(String column, int low, int high) {
    try {
      int value = Integer.parseInt(text(column));
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, together with a number out of range.
    }
    String range = high == Integer.MAX_VALUE ? "of at least " + low : "from " + low + " to " + high;
    problem(column, quoted(column), "a whole number " + range, "correct the number");
    return low;
  }

  /** An exact decimal of at least {@code low}. */
  public BigDecimal decimal(String column, BigDecimal low) {
    try {
      BigDecimal value = new BigDecimal(text(column));
      if (value.compareTo(low) >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, together with a number that is too small.
    }
    problem(
        column,
        quoted(column),
        "a decimal number of at least " + low.toPlainString() + ", with a point",
        "correct the number");
    return low;
  }

  /** A number in a closed range, for values that are not money. */
  public double number(String column, double low, double high) {
    try {
      double value = Double.parseDouble(text(column));
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, together with a number out of range.
    }
    // The least double above 0 stands for "above 0", which a reader should be told.
    String least = low == Double.MIN_VALUE ? "above 0" : "of at least " + low;
    String range = high == Double.MAX_VALUE ? least : "from " + low + " to " + high;
    problem(column, quoted(column), "a number " + range, "correct the number");
    return low;
  }

  /** A date such as {@code 2023-08-06}. */
  public LocalDate date(String column) {
    try {
      return LocalDate.parse(text(column));
    } catch (DateTimeParseException e) {
      problem(column, quoted(column), "a date such as 2023-08-06", "correct the date");
      return LocalDate.EPOCH;
    }
  }

  /** One of some names. */
  public String choice(String column, Collection<String> known) {
    if (known.contains(text(column))) {
      return text(column);
    }
    problem(
        column,
        quoted(column),
        known.isEmpty() ? "a known name, of which there are none" : "a known name",
        Suggestion.todo(text(column), known));
    return known.stream().findFirst().orElse("");
  }

  /** One of an enum's constants, in lower case with {@code -} for {@code _}. */
  public <E extends Enum<E>> E choice(String column, Class<E> type) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(CsvRow::name).toList();
    return type.getEnumConstants()[Math.max(0, names.indexOf(choice(column, names)))];
  }

  /** How a CSV file spells an enum's constant. */
  public static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Several whole numbers parted by spaces, at least one, none twice, none negative. */
  public List<Long> integers(String column) {
    try {
      List<Long> numbers =
          Arrays.stream(text(column).split(" +")).map(Long::parseLong).distinct().toList();
      if (numbers.size() == text(column).split(" +").length
          && numbers.stream().allMatch(n -> n >= 0)) {
        return numbers;
      }
    } catch (NumberFormatException e) {
      // Told below, together with repeated and negative numbers.
    }
    problem(
        column,
        quoted(column),
        "whole numbers parted by spaces, each once, such as '1 2 3'",
        "correct the list");
    return List.of(0L);
  }

  /** Several exact decimals parted by spaces, at least one. */
  public List<BigDecimal> decimals(String column) {
    try {
      return Arrays.stream(text(column).split(" +")).map(BigDecimal::new).toList();
    } catch (NumberFormatException e) {
      problem(
          column,
          quoted(column),
          "decimal numbers parted by spaces, such as '0.05 0.5'",
          "correct the list");
      return List.of();
    }
  }

  private String quoted(String column) {
    return isEmpty(column) ? "nothing" : "'" + text(column) + "'";
  }

  <T> Optional<T> tryRead(Function<CsvRow, T> reader) {
    try {
      T value = reader.apply(this);
      return bad ? Optional.empty() : Optional.of(value);
    } catch (InvalidInputException e) {
      if (!bad) {
        problems(e);
      }
      return Optional.empty();
    }
  }
}
