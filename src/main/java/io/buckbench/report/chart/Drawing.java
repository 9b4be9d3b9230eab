package io.buckbench.report.chart;

import io.buckbench.report.markup.Asset;
import io.buckbench.report.markup.Element;
import java.util.List;

/** What all charts are drawn with. */
public final class Drawing {
  /** The style sheet of all charts. */
  public static final Asset STYLE = new Asset("style", Asset.read(Drawing.class, "chart.css"));

  /**
   * The narrowest chart, in pixels, on which labels must not collide: a page of 500 pixels less its
   * margins. On a wider one they are further apart.
   */
  static final double NARROWEST = 440;

  /** The height of a line of text, in pixels. */
  static final double LINE = 15;

  /**
   * The size of a picture that is not part of a page, and of its letters; at 500 px they are 12.
   */
  private static final int PICTURE_WIDTH = 660;

  private static final double TITLE = 34;

  private Drawing() {}

  /** The width of a text in percent of the narrowest chart. */
  static double width(String text) {
    return 100 * text.length() * 7.0 / NARROWEST;
  }

  /**
   * A chart as wide as its place.
   *
   * @param id unique on the page
   * @param title what is shown
   * @param numbers the numbers as text, for those who do not see the chart
   */
  static Element chart(String id, double height, String title, String numbers) {
    return Element.of("svg")
        .css("chart")
        .set("role", "img")
        .set("aria-labelledby", id + "-t " + id + "-d")
        .set("width", "100%")
        .set("height", height)
        .add(Element.of("title", title).set("id", id + "-t"))
        .add(Element.of("desc", numbers).set("id", id + "-d"));
  }

  /** A chart as a file of its own, with its title above it and its style. */
  static String picture(String title, Element chart, double height) {
    return Element.of("svg")
            .set("xmlns", "http://www.w3.org/2000/svg")
            .css("bb picture")
            .set("width", PICTURE_WIDTH)
            .set("height", height + TITLE)
            .set("viewBox", "0 0 " + PICTURE_WIDTH + " " + Element.number(height + TITLE))
            .add(STYLE)
            .add(text("title", 0, 19, "start", title))
            .add(chart.set("y", TITLE))
        + "\n";
  }

  static Element line(String css, double x1, double y1, double x2, double y2) {
    return Element.of("line")
        .css(css)
        .percent("x1", x1)
        .set("y1", y1)
        .percent("x2", x2)
        .set("y2", y2);
  }

  /**
   * A text.
   *
   * @param anchor {@code start}, {@code middle} or {@code end}
   */
  static Element text(String css, double x, double y, String anchor, String words) {
    return Element.of("text", words)
        .css(css)
        .percent("x", x)
        .set("y", y)
        .set("text-anchor", anchor);
  }

  /** Children of a group. */
  static Element group(String css, List<Element> children) {
    return Element.of("g").css(css).add(children);
  }
}
