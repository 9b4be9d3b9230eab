package io.buckbench.input;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file with a checked header: UTF-8, commas, double quotes, comment lines that begin with
 * {@code #}. Spaces around values are ignored, so that columns may be aligned. Reading continues
 * after a problem, so that all problems are reported together, each with file and line.
 */
public final class CsvTable {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setCommentMarker('#')
          .setIgnoreEmptyLines(true)
          .setIgnoreSurroundingSpaces(true)
          .get();

  private final List<CsvRow> rows;

  private CsvTable(List<CsvRow> rows) {
    this.rows = rows;
  }

  /**
   * Reads a file. The table has no rows if the file cannot be read.
   *
   * @param required columns that the file must have
   * @param optional columns that the file may have; any other column is a problem
   * @param problems receives the problems
   */
  public static CsvTable read(
      Path file, List<String> required, List<String> optional, Problems problems) {
    return read(file, required, optional, Map.of(), problems);
  }

  /**
   * Reads a file as {@link #read} does.
   *
   * @param renamed the present name of columns by their former one; a former name is a problem that
   *     gives the present one
   */
  public static CsvTable read(
      Path file,
      List<String> required,
      List<String> optional,
      Map<String, String> renamed,
      Problems problems) {
    try {
      return parse(file, text(file), required, optional, renamed, problems);
    } catch (InvalidInputException e) {
      problems.addAll(e);
      return new CsvTable(List.of());
    }
  }

  /** As {@link #read}; the table has no rows if the file does not exist. */
  public static CsvTable readIfThere(
      Path file, List<String> required, List<String> optional, Problems problems) {
    return Files.exists(file) ? read(file, required, optional, problems) : new CsvTable(List.of());
  }

  /**
   * Parses text, for example of a resource.
   *
   * @param file its name, for messages
   */
  public static CsvTable parse(
      Path file, String text, List<String> required, List<String> optional, Problems problems) {
    return parse(file, text, required, optional, Map.of(), problems);
  }

  private static CsvTable parse(
      Path file,
      String text,
      List<String> required,
      List<String> optional,
      Map<String, String> renamed,
      Problems problems) {
    List<String> columns = new ArrayList<>();
    List<CsvRow> rows = new ArrayList<>();
    try (CSVParser parser =
        CSVParser.builder().setFormat(FORMAT).setReader(new StringReader(text)).get()) {
      for (CSVRecord line : parser) {
        int number = firstLine(parser, line);
        if (columns.isEmpty()) {
          columns.addAll(header(file, number, line, required, optional, renamed, problems));
        } else {
          row(file, number, line, columns, problems).ifPresent(rows::add);
        }
      }
      if (columns.isEmpty()) {
        problems.add(
            file.toString(),
            "no header line",
            "the columns " + String.join(",", required),
            "write the header as the first line that is not a comment");
      }
    } catch (IOException | UncheckedIOException e) {
      problems.add(
          file.toString(),
          "malformed CSV (" + e.getMessage() + ")",
          "values separated by commas, quotes closed and doubled inside a value",
          "correct the line");
    }
    return new CsvTable(List.copyOf(rows));
  }

  private static String text(Path file) {
    return InputText.read(file, "a CSV file", "check the name or restore the file");
  }

  private static int firstLine(CSVParser parser, CSVRecord line) {
    // The parser reports the line on which a record ends; quoted values may contain line breaks.
    long breaks = line.stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
    return (int) (parser.getCurrentLineNumber() - breaks);
  }

  private static List<String> header(
      Path file,
      int number,
      CSVRecord line,
      List<String> required,
      List<String> optional,
      Map<String, String> renamed,
      Problems problems) {
    List<String> known = Stream.concat(required.stream(), optional.stream()).toList();
    Set<String> seen = new LinkedHashSet<>();
    String where = file + ":" + number;
    List<String> columns = line.stream().map(c -> renamed.getOrDefault(c, c)).toList();
    line.stream()
        .filter(renamed::containsKey)
        .forEach(
            former ->
                problems.add(
                    where,
                    "column " + former,
                    "column " + renamed.get(former) + ", its name now",
                    "rename it in the header"));
    for (String column : columns) {
      if (!known.contains(column)) {
        problems.add(
            where,
            "unknown column '" + column + "'",
            "only known columns",
            Suggestion.todo(column, known));
      } else if (!seen.add(column)) {
        problems.add(
            where, "column " + column + " twice", "each column once", "remove one of the two");
      }
    }
    required.stream()
        .filter(column -> !seen.contains(column))
        .forEach(
            column ->
                problems.add(
                    where, "no column " + column, "column " + column, "add it to the header"));
    return columns;
  }

  private static Optional<CsvRow> row(
      Path file, int number, CSVRecord line, List<String> columns, Problems problems) {
    if (line.size() != columns.size()) {
      problems.add(
          file + ":" + number,
          line.size() + " values",
          columns.size() + " values, one for each column of the header",
          line.size() < columns.size()
              ? "add the missing value; an empty value still needs its comma"
              : "quote a value that contains a comma, or remove the extra value");
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i), line.get(i));
    }
    return Optional.of(new CsvRow(file, number, values, problems));
  }

  /** The same table with other rows, such as {@link CsvRow#filled} ones. */
  public CsvTable with(List<CsvRow> others) {
    return new CsvTable(List.copyOf(others));
  }

  /** The rows, in the order of the file. */
  public List<CsvRow> rows() {
    return rows;
  }

  /**
   * Converts each row to a value. A row with a problem is left out; an exception that the reader
   * throws for such a row follows from that problem and is not reported again.
   */
  public <T> List<T> map(Function<CsvRow, T> reader) {
    return rows.stream().map(row -> row.tryRead(reader)).flatMap(Optional::stream).toList();
  }

  /** Reports each row that repeats an earlier row's value of a column. */
  public void requireUnique(String column) {
    Map<String, Integer> first = new LinkedHashMap<>();
    for (CsvRow row : rows) {
      Integer earlier = first.putIfAbsent(row.text(column), row.line());
      if (earlier != null) {
        row.problem(
            column,
            "'" + row.text(column) + "' again",
            "a unique value (line " + earlier + " has the same)",
            "rename one of the two");
      }
    }
  }
}
