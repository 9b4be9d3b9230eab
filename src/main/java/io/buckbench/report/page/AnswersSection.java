package io.buckbench.report.page;

import io.buckbench.report.AnswerShares;
import io.buckbench.report.ConfigurationSummary;
import io.buckbench.report.chart.SharesChart;
import io.buckbench.report.markup.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shares of the answers against the true shares: figure 4 of the paper, for all rows. */
final class AnswersSection {
  private AnswersSection() {}

  static Element of(List<ConfigurationSummary> configurations) {
    Element section = Html.section("answers", "What it answers");
    Map<Map<String, Double>, List<ConfigurationSummary>> sameTruth = new LinkedHashMap<>();
    RowsSection.ordered(configurations).stream()
        .filter(row -> row.scores().isPresent())
        .forEach(
            row ->
                sameTruth.computeIfAbsent(row.wanted().shares(), t -> new ArrayList<>()).add(row));
    if (sameTruth.isEmpty()) {
      return section.add(Html.p("Nothing was answered."));
    }
    sameTruth.forEach((truth, rows) -> section.add(chart(new AnswerShares(truth), rows)));
    return section.add(
        Html.note(
            "Shares of all answers of all seeds, in percent. Dashed: the true shares of the test"
                + " items. Other: texts that are no answer."));
  }

  private static Element chart(AnswerShares truth, List<ConfigurationSummary> rows) {
    SharesChart chart = new SharesChart(List.copyOf(truth.shares().keySet()), truth.shares());
    Element body = Element.of("tbody");
    for (ConfigurationSummary row : rows) {
      body.add(
          bar(chart, row.configuration(), row.given())
              .css(row.role().control() ? "control" : "trained"));
    }
    body.add(bar(chart, "true shares", truth));
    return Element.of("div")
        .add(chart.legend())
        .add(
            Html.scrolling(
                "shares of the answers",
                Html.table("strips shares wide", List.of("row", "answers, %")).add(body)));
  }

  private static Element bar(SharesChart chart, String name, AnswerShares shares) {
    return Element.of("tr")
        .add(Element.of("th", name).set("scope", "row"))
        .add(Element.of("td").css("s").add(chart.bar(shares.shares())));
  }
}
