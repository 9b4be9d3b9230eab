package io.buckbench.report.markup;

import java.util.List;

/** Escapes text and writes tables for Markdown. */
public final class Markdown {
  private Markdown() {}

  /**
   * Escapes text: no line breaks, column bars or markup. Markdown renders entities as characters
   * and never interprets them as markup.
   */
  public static String cell(String words) {
    return Escapes.xml(words)
        .replace("\r", "")
        .replace("\n", " ")
        .replace("|", "&#124;")
        .replace("`", "&#96;")
        .replace("*", "&#42;")
        .replace("](", "]&#40;");
  }

  /** Appends the header of a table. */
  public static void header(StringBuilder page, List<String> columns) {
    row(page, columns);
    page.append("|").append(" --- |".repeat(columns.size())).append('\n');
  }

  /** Appends a row of a table. */
  public static void row(StringBuilder page, List<String> cells) {
    page.append("|");
    cells.forEach(c -> page.append(' ').append(cell(c)).append(" |"));
    page.append('\n');
  }
}
