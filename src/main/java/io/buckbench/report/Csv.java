package io.buckbench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Tables as CSV text: RFC 4180 quoting, lines ended by a line feed, numbers as Java writes them.
 */
final class Csv {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private final StringBuilder text = new StringBuilder();
  private final CSVPrinter printer;

  Csv(List<?> header) {
    try {
      printer = new CSVPrinter(text, FORMAT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    row(header);
  }

  Csv row(Object... values) {
    return row(List.of(values));
  }

  Csv row(List<?> values) {
    try {
      printer.printRecord(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
