package io.buckbench.input;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One row of a CSV file, read by typed accessors. An accessor that finds an invalid value reports a
 * problem and returns a valid placeholder, so that the rest of the row is checked as well; {@link
 * CsvTable#map} drops such a row.
 */
public final class CsvRow {
  private final Path file;
  private final int line;
  private final Map<String, String> values;
  private final Map<String, String> places;
  private final String fillIn;
  private final Problems problems;
  private boolean bad;

  CsvRow(Path file, int line, Map<String, String> values, Problems problems) {
    this(file, line, values, Map.of(), "fill it in", problems);
  }

  private CsvRow(
      Path file,
      int line,
      Map<String, String> values,
      Map<String, String> places,
      String fillIn,
      Problems problems) {
    this.file = file;
    this.line = line;
    this.values = Collections.unmodifiableMap(values);
    this.places = places;
    this.fillIn = fillIn;
    this.problems = problems;
  }

  /**
   * This row with values that it leaves open filled in.
   *
   * @param all the values of all columns
   * @param elsewhere file and line of the values that are written in another row, by column
   * @param todo what to do about a value that is still missing
   */
  public CsvRow filled(Map<String, String> all, Map<String, String> elsewhere, String todo) {
    return new CsvRow(file, line, new LinkedHashMap<>(all), Map.copyOf(elsewhere), todo, problems);
  }

  /** The number of the row's first line in the file, from 1. */
  public int line() {
    return line;
  }

  /** The unparsed values by column, in the order of the file. */
  public Map<String, String> values() {
    return values;
  }

  /** The file, line and column, as error messages name them. */
  public String where(String column) {
    return places.getOrDefault(column, place()) + " column " + column;
  }

  /** The file and line. */
  public String place() {
    return file + ":" + line;
  }

  /** Reports a problem with the value of a column. */
  public void problem(String column, String found, String expected, String todo) {
    bad = true;
    problems.add(where(column), found, expected, todo);
  }

  /** Reports the problems of something that a value refers to, such as a file. */
  public void problems(InvalidInputException part) {
    bad = true;
    problems.addAll(part);
  }

  /** Whether the value is empty or the file does not have the optional column. */
  public boolean isEmpty(String column) {
    return text(column).isEmpty();
  }

  /** A text, possibly empty. */
  public String text(String column) {
    return values.getOrDefault(column, "");
  }

  /** A text that is not empty. */
  public String required(String column) {
    if (isEmpty(column)) {
      problem(column, "nothing", "a value", fillIn);
    }
    return text(column);
  }

  /** A whole number from {@code low} to {@code high}, both included. */
  public int integer(String column, int low, int high) {
    String range = high == Integer.MAX_VALUE ? "of at least " + low : "from " + low + " to " + high;
    return parsed(
        column,
        Integer::valueOf,
        n -> n >= low && n <= high,
        "a whole number " + range,
        "number",
        low);
  }

  /** An exact decimal number of at least {@code low}. */
  public BigDecimal decimal(String column, BigDecimal low) {
    String expected = "a decimal number of at least " + low.toPlainString() + ", with a point";
    return parsed(column, Decimals::parse, n -> n.compareTo(low) >= 0, expected, "number", low);
  }

  /** A number from {@code low} to {@code high}, both included; not for amounts of money. */
  public double number(String column, double low, double high) {
    // Callers pass the smallest positive double as the lower bound for "above 0".
    String least = low == Double.MIN_VALUE ? "above 0" : "of at least " + low;
    String range = high == Double.MAX_VALUE ? least : "from " + low + " to " + high;
    return parsed(
        column, Double::valueOf, n -> n >= low && n <= high, "a number " + range, "number", low);
  }

  /** A number as Java prints it, which may be NaN or infinite. */
  public double real(String column) {
    return parsed(
        column, Double::valueOf, n -> true, "a number, NaN, Infinity or -Infinity", "number", 0.0);
  }

  /** A whole number from {@code low} on. */
  public long whole(String column, long low) {
    return parsed(
        column, Long::valueOf, n -> n >= low, "a whole number of at least " + low, "number", low);
  }

  /** A date such as {@code 2023-08-06}. */
  public LocalDate date(String column) {
    return parsed(
        column, LocalDate::parse, d -> true, "a date such as 2023-08-06", "date", LocalDate.EPOCH);
  }

  /** The parsed value of a column; the message tells the user to correct the {@code kind}. */
  private <T> T parsed(
      String column,
      Function<String, T> parser,
      Predicate<T> valid,
      String expected,
      String kind,
      T placeholder) {
    try {
      T value = parser.apply(text(column));
      if (valid.test(value)) {
        return value;
      }
    } catch (NumberFormatException | DateTimeParseException e) {
      // Reported below, like a value that is not valid.
    }
    problem(column, quoted(column), expected, isEmpty(column) ? fillIn : "correct the " + kind);
    return placeholder;
  }

  /** One of the known names. */
  public String choice(String column, Collection<String> known) {
    if (known.contains(text(column))) {
      return text(column);
    }
    problem(column, quoted(column), "a known name", Suggestion.todo(text(column), known));
    return known.stream().findFirst().orElse("");
  }

  /** A constant of an enum, spelled as {@link #name} spells it. */
  public <E extends Enum<E>> E choice(String column, Class<E> type) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(CsvRow::name).toList();
    return type.getEnumConstants()[Math.max(0, names.indexOf(choice(column, names)))];
  }

  /** An enum constant as CSV files spell it: lower case, with {@code -} for {@code _}. */
  public static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One or more whole numbers separated by spaces, none negative and none repeated. */
  public List<Long> integers(String column) {
    return parsed(
        column,
        text -> Arrays.stream(text.split(" +")).map(Long::valueOf).toList(),
        numbers ->
            Set.copyOf(numbers).size() == numbers.size() && numbers.stream().allMatch(n -> n >= 0),
        "whole numbers separated by spaces, each once, such as '1 2 3'",
        "list",
        List.of(0L));
  }

  /** One or more exact decimal numbers separated by spaces. */
  public List<BigDecimal> decimals(String column) {
    return parsed(
        column,
        text -> Arrays.stream(text.split(" +")).map(Decimals::parse).toList(),
        numbers -> true,
        "decimal numbers separated by spaces, such as '0.05 0.5'",
        "list",
        List.of());
  }

  private String quoted(String column) {
    return isEmpty(column) ? "nothing" : "'" + text(column) + "'";
  }

  /** What a reader makes of the row; empty if there is a problem. */
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
