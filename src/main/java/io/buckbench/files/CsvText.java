package io.buckbench.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * CSV text, written row by row: quotes as in RFC 4180, lines that end with a line feed, and numbers
 * as Java prints them, so that they are read back to the same bits.
 */
public final class CsvText {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private final StringBuilder text = new StringBuilder();
  private final CSVPrinter printer;

  /** Text without a header, to append to a file. */
  public CsvText() {
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

  /** Adds a row. */
  public CsvText row(Object... values) {
    return row(List.of(values));
  }

  /** Adds a row. */
  public CsvText row(Iterable<?> values) {
    try {
      printer.printRecord(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The text written so far. */
  @Override
  public String toString() {
    return text.toString();
  }
}
