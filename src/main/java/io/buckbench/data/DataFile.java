package io.buckbench.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import io.buckbench.input.Problems;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads the rows of a data file as named texts: JSON lines, or CSV with a header. */
final class DataFile {
  /** More problems would scroll the first ones off the screen. */
  static final int MOST_PROBLEMS = 20;

  static final String TODO = "correct the row, or fetch the file again";

  /**
   * A row.
   *
   * @param where the file and line, for messages
   * @param id the file's name and the line
   * @param kind what a value's name is called, {@code key} or {@code column}
   * @param values the texts by name; numbers and truth values of JSON are written as texts, and
   *     what is null, a list or an object is left out
   */
  record Row(String where, String id, String kind, Map<String, String> values) {
    /** The file, line and name of a value, for messages. */
    String where(String name) {
      return where + " " + kind + " " + name;
    }
  }

  private DataFile() {}

  /** Whether a file is CSV, by its name. */
  private static boolean isCsv(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  /**
   * Reads all rows, in the order of the file.
   *
   * @throws InvalidInputException with up to {@value #MOST_PROBLEMS} problems, or if there is no
   *     row
   */
  static List<Row> read(Path file, String format) {
    byte[] bytes =
        InputText.bytes(file, "a file of rows", "fetch the data, or check the path and --data-dir");
    boolean csv = format.isEmpty() ? isCsv(file) : format.equals("csv");
    List<Row> rows = csv ? csv(file, InputText.utf8(file.toString(), bytes)) : json(file, bytes);
    if (rows.isEmpty()) {
      throw new InvalidInputException(
          file.toString(),
          "no rows",
          csv ? "a header and one row a line" : "one JSON object a line",
          "fetch the file again");
    }
    return rows;
  }

  private static List<Row> json(Path file, byte[] bytes) {
    Problems problems = new Problems();
    List<Row> rows = new ArrayList<>();
    int number = 0;
    for (byte[] line : lines(bytes)) {
      number++;
      try {
        JsonObject object = JsonObject.parse(file + ":" + number, line, TODO);
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
          if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
            values.put(entry.getKey(), entry.getValue().asText());
          }
        }
        rows.add(new Row(file + ":" + number, file.getFileName() + ":" + number, "key", values));
      } catch (InvalidInputException e) {
        problems.addAll(e);
        if (problems.list().size() >= MOST_PROBLEMS) {
          break;
        }
      }
    }
    problems.throwIfAny();
    return rows;
  }

  /** Lines are split before decoding, so that bytes that are not UTF-8 are reported by line. */
  private static List<byte[]> lines(byte[] all) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= all.length; at++) {
      if (at == all.length ? from < at : all[at] == '\n') {
        int end = at > from && all[at - 1] == '\r' ? at - 1 : at;
        lines.add(Arrays.copyOfRange(all, from, end));
        from = at + 1;
      }
    }
    return lines;
  }

  private static List<Row> csv(Path file, String text) {
    CSVFormat format = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<Row> rows = new ArrayList<>();
    List<String> header = List.of();
    Problems problems = new Problems();
    try (CSVParser parser =
        CSVParser.builder().setFormat(format).setReader(new StringReader(content)).get()) {
      for (CSVRecord line : parser) {
        // The parser is on the line on which the record ends; quoted texts may have several lines.
        long breaks = line.stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
        long number = parser.getCurrentLineNumber() - breaks;
        String where = file + ":" + number;
        if (header.isEmpty()) {
          header = line.toList().stream().map(String::strip).toList();
          requireDistinct(where, header);
        } else if (line.size() != header.size()) {
          problems.add(
              where,
              line.size() + " values",
              header.size() + " values, one for each column of the header",
              "quote a value that contains a comma, and give an empty one its comma");
        } else {
          Map<String, String> values = new LinkedHashMap<>();
          for (int i = 0; i < header.size(); i++) {
            values.put(header.get(i), line.get(i));
          }
          rows.add(new Row(where, file.getFileName() + ":" + number, "column", values));
        }
        if (problems.list().size() >= MOST_PROBLEMS) {
          break;
        }
      }
    } catch (IOException | UncheckedIOException e) {
      problems.add(
          file.toString(),
          "malformed CSV (" + e.getMessage() + ")",
          "values separated by commas, quotes closed and doubled inside a value",
          TODO);
    }
    problems.throwIfAny();
    return rows;
  }

  private static void requireDistinct(String where, List<String> header) {
    for (int i = 0; i < header.size(); i++) {
      if (header.indexOf(header.get(i)) < i) {
        throw new InvalidInputException(
            where,
            "column " + header.get(i) + " twice",
            "each column once",
            "rename one of the two");
      }
    }
  }
}
