package io.buckbench.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * CSV text, written row by row: quotes as in RFC 4180, lines that end with a line feed, and numbers
 * as Java prints them, so that they are read back to the same bits.
 */
public final class CsvText {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?");

  private final StringBuilder text = new StringBuilder();
  private final CSVPrinter printer;
  private final boolean defused;

  /** Text without a header, to append to a file. */
  public CsvText() {
    this(false);
  }

  private CsvText(boolean defused) {
    this.defused = defused;
    try {
      printer = new CSVPrinter(text, FORMAT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Text that begins with a header. */
  public CsvText(Iterable<String> header) {
    this();
    row(header);
  }

  /** A header, given as column names separated by commas, and no rows. */
  public CsvText(String header) {
    this(List.of(header.split(",")));
  }

  /**
   * Text for people, who open it in a spreadsheet: a text that a spreadsheet would run as a formula
   * begins with an apostrophe. It is not meant to be read back.
   */
  public static CsvText forSpreadsheets(Iterable<String> header) {
    return new CsvText(true).row(header);
  }

  /** The same, with a header given as column names separated by commas. */
  public static CsvText forSpreadsheets(String header) {
    return forSpreadsheets(List.of(header.split(",")));
  }

  /** Adds a row. */
  public CsvText row(Object... values) {
    return row(List.of(values));
  }

  /** Adds a row. */
  public CsvText row(Iterable<?> values) {
    try {
      printer.printRecord(defused ? defused(values) : values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private static List<Object> defused(Iterable<?> values) {
    List<Object> safe = new ArrayList<>();
    for (Object value : values) {
      safe.add(value instanceof Number || value == null ? value : defused(value.toString()));
    }
    return safe;
  }

  private static String defused(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return formula && !NUMBER.matcher(text).matches() ? "'" + text : text;
  }

  /** The text written so far. */
  @Override
  public String toString() {
    return text.toString();
  }
}
