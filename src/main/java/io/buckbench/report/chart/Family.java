package io.buckbench.report.chart;

import io.buckbench.report.markup.Element;
import java.util.Map;

/**
 * The fixed colour and mark of a family of methods, the same in every chart and report. The colours
 * are in {@code chart.css}, one set for light and one for dark pages.
 *
 * @param css the class that sets the colour
 * @param shape the mark's outline as an SVG path around 0, 0
 */
public record Family(String css, String shape) {
  private static final String CIRCLE = "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0-5 0Z";
  private static final String SQUARE = "M-4.5-4.5H4.5V4.5H-4.5Z";
  private static final String DIAMOND = "M0-6.5L6 0L0 6.5L-6 0Z";
  private static final String UP = "M0-6L6 5H-6Z";
  private static final String DOWN = "M0 6L6-5H-6Z";
  private static final String PENTAGON = "M0-6L5.7-1.9L3.5 4.9H-3.5L-5.7-1.9Z";
  private static final String PLUS = "M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z";
  private static final String HOURGLASS = "M-5-5.5H5L-5 5.5H5Z";

  /** Rows without training, and trained controls. */
  public static final Family CONTROL = new Family("f-control", CIRCLE);

  private static final Family OTHER = new Family("f-other", HOURGLASS);

  private static final Map<String, Family> BY_METHOD =
      Map.of(
          "full", new Family("f-full", SQUARE),
          "lora", new Family("f-lora", CIRCLE),
          "ia3", new Family("f-ia3", DIAMOND),
          "prompt", new Family("f-prompt", UP),
          "ptuning", new Family("f-ptuning", DOWN),
          "prefix", new Family("f-prefix", PENTAGON),
          "vera", new Family("f-vera", PLUS));

  /** The family of a method; a method without a colour of its own has that of all others. */
  public static Family of(String method) {
    return BY_METHOD.getOrDefault(method, OTHER);
  }

  /** The mark. */
  Element mark(double xPercent, double y) {
    return at(xPercent, y).add(Element.of("path").css("mk").set("d", shape));
  }

  /** The mark as a hollow outline. */
  Element hollow(double xPercent, double y) {
    return at(xPercent, y).add(Element.of("path").css("hollow").set("d", shape));
  }

  private static Element at(double xPercent, double y) {
    return Element.of("svg").css("at").percent("x", xPercent).set("y", y);
  }
}
