package io.buckbench.report;

import java.util.List;

/** Escapes text from data for XML and Markdown. */
final class Markup {
  private Markup() {}

  /** Escapes XML text or attributes; characters that XML forbids become question marks. */
  static String escape(String words) {
    StringBuilder escaped = new StringBuilder();
    words
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(allowedInXml(c) ? c : '?');
              }
            });
    return escaped.toString();
  }

  /**
   * Escapes a cell of a Markdown table: no line breaks, column bars or markup. Markdown renders
   * entities as characters and never interprets them as markup.
   */
  static String cell(String words) {
    return escape(words)
        .replace("\r", "")
        .replace("\n", " ")
        .replace("|", "&#124;")
        .replace("`", "&#96;")
        .replace("*", "&#42;")
        .replace("](", "]&#40;");
  }

  /** Splits column names that are separated by {@code " | "}. */
  static List<String> columns(String columns) {
    return List.of(columns.split(" \\| "));
  }

  /** Appends the header of a table; column names are separated by {@code " | "}. */
  static void header(StringBuilder page, String columns) {
    header(page, columns(columns));
  }

  /** Appends the header of a table. */
  static void header(StringBuilder page, List<String> columns) {
    row(page, columns);
    page.append("|").append(" --- |".repeat(columns.size())).append('\n');
  }

  /** Appends a row of a table. */
  static void row(StringBuilder page, List<String> cells) {
    page.append("|");
    cells.forEach(c -> page.append(' ').append(cell(c)).append(" |"));
    page.append('\n');
  }

  private static boolean allowedInXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
