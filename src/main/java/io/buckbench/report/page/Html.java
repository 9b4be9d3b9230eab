package io.buckbench.report.page;

import io.buckbench.report.markup.Element;
import io.buckbench.report.markup.Node;
import java.util.List;
import java.util.Locale;

/** The elements and anchors that sections share. */
final class Html {
  private Html() {}

  /** A section with a heading and a stable anchor. */
  static Element section(String id, String title) {
    return Element.of("section")
        .set("aria-labelledby", id)
        .add(Element.of("h2", title).set("id", id));
  }

  static Element p(String words) {
    return Element.of("p", words);
  }

  /** A paragraph that explains what is shown. */
  static Element note(String words) {
    return p(words).css("note");
  }

  static Element link(String href, String words) {
    return Element.of("a", words).set("href", href);
  }

  static Element code(String words) {
    return Element.of("code", words);
  }

  /** A table that scrolls sideways where the page is narrow, by keyboard too. */
  static Element scrolling(String label, Element table) {
    return Element.of("div")
        .css("scroll")
        .set("role", "region")
        .set("aria-label", label)
        .set("tabindex", "0")
        .add(table);
  }

  /** A table with a header; columns whose name begins with {@code >} are aligned to the right. */
  static Element table(String css, List<String> columns) {
    Element row = Element.of("tr");
    for (String column : columns) {
      row.add(right(column, Element.of("th", name(column)).set("scope", "col")));
    }
    return Element.of("table").css(css).add(Element.of("thead").add(row));
  }

  /** A body of plain cells below the columns of {@link #table}; the first cell names the row. */
  static Element body(List<String> columns, List<List<String>> rows) {
    Element body = Element.of("tbody");
    for (List<String> cells : rows) {
      Element row = Element.of("tr").add(Element.of("th", cells.get(0)).set("scope", "row"));
      for (int i = 1; i < cells.size(); i++) {
        row.add(right(columns.get(i), Element.of("td", cells.get(i))));
      }
      body.add(row);
    }
    return body;
  }

  /** A list of plain rows. */
  static Element list(String label, List<String> columns, List<List<String>> rows) {
    return scrolling(label, table("list", columns).add(body(columns, rows)));
  }

  /** A part that opens on demand. */
  static Element details(String id, String summary, Node... content) {
    return Element.of("details").set("id", id).add(Element.of("summary", summary)).add(content);
  }

  private static String name(String column) {
    return column.startsWith(">") ? column.substring(1) : column;
  }

  private static Element right(String column, Element cell) {
    return column.startsWith(">") ? cell.css("n") : cell;
  }

  /** The anchor of a row. */
  static String row(String configuration) {
    return "row-" + slug(configuration);
  }

  /** The anchor of the confusion table of a row. */
  static String confusion(String configuration) {
    return "confusion-" + slug(configuration);
  }

  /** The anchor of a row that moved. */
  static String moved(String configuration) {
    return "moved-" + slug(configuration);
  }

  /** The anchor of a finding, {@code hypothesis} or {@code hypothesis/configuration}. */
  static String finding(String key) {
    return "finding-" + slug(key);
  }

  /** The anchor of a trial, {@code configuration/seed}. */
  static String trial(String key) {
    return "trial-" + slug(key);
  }

  /** Letters, digits, {@code -}, {@code _} and {@code .} stay; others become {@code ~} and hex. */
  private static String slug(String text) {
    StringBuilder slug = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0);
              slug.append(plain ? Character.toString(c) : String.format(Locale.ROOT, "~%x~", c));
            });
    return slug.toString();
  }
}
