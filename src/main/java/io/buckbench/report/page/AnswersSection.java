package io.buckbench.report.page;

import io.buckbench.eval.AnswerCounts;
import io.buckbench.report.AnswerShares;
import io.buckbench.report.ConfigurationSummary;
import io.buckbench.report.Formats;
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
    Element part =
        Element.of("div")
            .add(chart.legend())
            .add(
                Html.scrolling(
                    "shares of the answers",
                    Html.table("strips shares wide", List.of("row", "answers, %")).add(body)));
    // Of two answers the shares above say as much.
    rows.forEach(
        row ->
            row.confusion()
                .filter(counts -> counts.answers().size() > 2)
                .ifPresent(counts -> part.add(confusion(row, counts))));
    return part;
  }

  /** Which answer was given where which was right: of two answers the shares already say it. */
  private static Element confusion(ConfigurationSummary row, AnswerCounts counts) {
    List<String> words = counts.answers().words();
    List<String> columns = new ArrayList<>(List.of("right"));
    words.forEach(word -> columns.add(">" + word));
    columns.addAll(List.of(">" + AnswerShares.OTHER, ">items"));
    List<List<String>> lines = new ArrayList<>();
    for (int right = 0; right < words.size(); right++) {
      int items = counts.items(right);
      List<String> cells = new ArrayList<>(List.of(words.get(right)));
      for (int given = 0; given <= words.size(); given++) {
        cells.add(items == 0 ? "-" : Formats.percent((double) counts.count(right, given) / items));
      }
      cells.add(Formats.count(items));
      lines.add(cells);
    }
    String title = "Answers of " + row.configuration() + " by right answer";
    return Html.details(
        Html.confusion(row.configuration()),
        title,
        Html.list(title, columns, lines),
        Html.note("Percent of the items with that right answer, over all seeds."));
  }

  private static Element bar(SharesChart chart, String name, AnswerShares shares) {
    return Element.of("tr")
        .add(Element.of("th", name).set("scope", "row"))
        .add(Element.of("td").css("s").add(chart.bar(shares.shares())));
  }
}
