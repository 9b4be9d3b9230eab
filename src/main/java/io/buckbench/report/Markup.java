package io.buckbench.report;

import java.util.List;

/** Escapes text from data for XML and Markdown. */
final class Markup {
  private Markup() {}

  /** For XML's text and attributes; control characters that XML forbids become a question mark. */
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
   * For a cell of a Markdown table: no line break, no column bar, no markup of Markdown or HTML.
   * Entities are read as their character by every Markdown reader and never as markup.
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

  /** A table's first line and the rule below it. */
  static void header(StringBuilder page, List<String> columns) {
    row(page, columns);
    page.append("|").append(" --- |".repeat(columns.size())).append('\n');
  }

  /** A line of a Markdown table. */
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
