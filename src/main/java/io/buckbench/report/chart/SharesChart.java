package io.buckbench.report.chart;

import io.buckbench.report.markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Shares of answers as stacked bars, one for each row, with the true shares as lines. */
public final class SharesChart {
  /** The height of a bar's strip. */
  public static final double STRIP = 26;

  /** A share is written into its bar from this width on, in percent. */
  private static final double LABELLED_FROM = 7;

  private static final int COLOURS = 6;

  private final List<String> answers;
  private final Map<String, Double> truth;

  /**
   * @param answers in the order of the bars; the last is what is no answer
   * @param truth the true shares, 0 to 1
   */
  public SharesChart(List<String> answers, Map<String, Double> truth) {
    this.answers = List.copyOf(answers);
    this.truth = truth;
  }

  /** The colours of the answers. */
  public Element legend() {
    Element legend = Element.of("p").css("legend");
    for (String answer : answers) {
      legend.add(
          Element.of("span").css("key").add(Element.of("i").css(css(answer))).text(" " + answer));
    }
    return legend;
  }

  /** A bar. */
  public Element bar(Map<String, Double> shares) {
    List<Element> parts = new ArrayList<>();
    double from = 0;
    for (String answer : answers) {
      double width = 100 * shares.getOrDefault(answer, 0.0);
      if (width > 0) {
        parts.add(
            Element.of("rect")
                .css(css(answer))
                .percent("x", from)
                .set("y", 3)
                .percent("width", width)
                .set("height", STRIP - 6));
      }
      if (width >= LABELLED_FROM) {
        parts.add(
            Drawing.text(
                "on-" + css(answer),
                from + width / 2,
                STRIP / 2 + 4,
                "middle",
                String.format(Locale.ROOT, "%.0f", width)));
      }
      from += width;
    }
    double boundary = 0;
    for (String answer : answers) {
      boundary += 100 * truth.getOrDefault(answer, 0.0);
      if (boundary > 0 && boundary < 99.9) {
        parts.add(Drawing.line("baseline", boundary, 0, boundary, STRIP));
      }
    }
    String words = words(shares);
    return Element.of("svg")
        .css("strip")
        .set("role", "img")
        .set("aria-label", words)
        .set("width", "100%")
        .set("height", STRIP)
        .add(Element.of("title", words))
        .add(parts);
  }

  /** The shares as text. */
  public String words(Map<String, Double> shares) {
    return answers.stream()
        .map(
            answer ->
                String.format(
                    Locale.ROOT, "%s %.1f %%", answer, 100 * shares.getOrDefault(answer, 0.0)))
        .collect(Collectors.joining(", "));
  }

  private String css(String answer) {
    int index = answers.indexOf(answer);
    return index == answers.size() - 1 ? "a-other" : "a-" + index % COLOURS;
  }
}
