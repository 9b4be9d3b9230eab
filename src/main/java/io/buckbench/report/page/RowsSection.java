package io.buckbench.report.page;

import io.buckbench.eval.SeedSummary;
import io.buckbench.findings.TrialScores;
import io.buckbench.history.PastRow;
import io.buckbench.history.PastRun;
import io.buckbench.report.AcceptedResults;
import io.buckbench.report.ConfigurationSummary;
import io.buckbench.report.Formats;
import io.buckbench.report.Headline;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.chart.Family;
import io.buckbench.report.chart.ForestChart;
import io.buckbench.report.chart.HistoryCurve;
import io.buckbench.report.markup.Element;
import io.buckbench.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** All rows with their accuracy: the forest plot. */
final class RowsSection {
  private RowsSection() {}

  /** The rows in the suite's order, controls last. */
  static List<ConfigurationSummary> ordered(List<ConfigurationSummary> rows) {
    return rows.stream().sorted(Comparator.comparing(row -> row.role().control())).toList();
  }

  static Element of(
      String id, String title, SuiteReport report, List<ConfigurationSummary> configurations) {
    List<ConfigurationSummary> rows = ordered(configurations);
    ForestChart chart = chart(report, configurations);
    List<String> columns =
        new ArrayList<>(
            List.of("row", "accuracy, %", ">mean [95 %]", "seeds", ">trained", ">$ planned"));
    columns.add(">$ measured");
    if (!report.history().isEmpty()) {
      columns.add("history");
    }
    Element table = Html.table("strips wide", columns);
    Element body = Element.of("tbody").add(axis(chart, columns.size()));
    for (int i = 0; i < rows.size(); i++) {
      body.add(row(report, rows.get(i), chart, chart.rows().get(i)));
    }
    return Html.section(id, title)
        .add(Html.scrolling(title, table.add(body)))
        .add(
            Html.note(
                "Filled mark: mean over the seeds, with its 95 % interval over seeds and test items."
                    + " Small circles: each seed. Outline: the accepted mean. Dashed: "
                    + chart.baselineName()
                    + ". Grey rows are controls."));
  }

  /** The chart of all rows, controls last. */
  static ForestChart chart(SuiteReport report, List<ConfigurationSummary> rows) {
    double baseline =
        rows.stream()
            .flatMap(row -> row.wanted().commonest().stream())
            .mapToDouble(Map.Entry::getValue)
            .findFirst()
            .orElse(Double.NaN);
    return new ForestChart(
        ordered(rows).stream().map(row -> drawn(report, row)).toList(),
        100 * baseline,
        Headline.baselineName(rows.get(0)));
  }

  private static Element axis(ForestChart chart, int columns) {
    Element row =
        Element.of("tr")
            .set("aria-hidden", "true")
            .add(Element.of("td"))
            .add(Element.of("td").css("s").add(chart.axis()));
    for (int i = 2; i < columns; i++) {
      row.add(Element.of("td"));
    }
    return row;
  }

  private static Element row(
      SuiteReport report, ConfigurationSummary row, ForestChart chart, ForestChart.Row drawn) {
    String id = row.configuration();
    Element name = Element.of("th").set("scope", "row").add(Html.link("#" + Html.row(id), id));
    if (row.role().control()) {
      name.add(Element.of("span", row.role().toString()).css("small"));
    }
    Element line =
        Element.of("tr")
            .set("id", Html.row(id))
            .css(row.role().control() ? "control" : "trained")
            .add(name)
            .add(Element.of("td").css("s").add(chart.strip(drawn)))
            .add(number(accuracy(row)))
            .add(Element.of("td", endings(row)))
            .add(
                number(
                    row.trainableParameters() == 0
                        ? "-"
                        : Formats.count(row.trainableParameters())))
            .add(number(Formats.usd(row.budgetUsd())))
            .add(
                number(Formats.usd(row.usd()))
                    .set("title", row.beyond().isEmpty() ? "mean of a trial" : row.beyond()));
    if (!report.history().isEmpty()) {
      line.add(Element.of("td").css("h").add(history(report, row).strip()));
    }
    return line;
  }

  /** The accuracy of a row in words. */
  static String accuracy(ConfigurationSummary row) {
    return row.scores().map(s -> Formats.interval(s.accuracy())).orElse("no answers");
  }

  /** For example {@code 6 of 8 learned, collapsed 2}. */
  static String endings(ConfigurationSummary row) {
    List<String> others =
        row.diagnoses().entrySet().stream()
            .filter(e -> !e.getKey().equals("learned"))
            .map(e -> e.getValue() + " " + e.getKey())
            .toList();
    String learned = row.learned() + " of " + row.trials().size() + " learned";
    return row.role().control() && row.learned() == 0
        ? String.join(", ", others)
        : Stream.concat(Stream.of(learned), others.stream()).reduce((a, b) -> a + ", " + b).get();
  }

  private static ForestChart.Row drawn(SuiteReport report, ConfigurationSummary row) {
    List<ForestChart.Seed> seeds = new ArrayList<>();
    for (TrialScores trial : row.scored()) {
      trial
          .scores()
          .ifPresent(
              s ->
                  seeds.add(
                      new ForestChart.Seed(
                          100 * s.accuracy(),
                          String.format(
                              Locale.ROOT,
                              "seed %d: %.1f %%, %s",
                              trial.run().seed(),
                              100 * s.accuracy(),
                              trial.ending()))));
    }
    return new ForestChart.Row(
        row.configuration(),
        row.role().control() ? Family.CONTROL : Family.of(row.declared().method()),
        row.scores().map(SeedSummary::accuracy).orElse(Interval.NONE).times(100),
        seeds,
        accepted(report, row));
  }

  private static OptionalDouble accepted(SuiteReport report, ConfigurationSummary row) {
    return report
        .judgement()
        .accepted()
        .map(AcceptedResults::accuracies)
        .map(all -> all.get(row.configuration()))
        .map(then -> OptionalDouble.of(100 * then.estimate()))
        .orElse(OptionalDouble.empty());
  }

  private static HistoryCurve history(SuiteReport report, ConfigurationSummary row) {
    return new HistoryCurve(report.history().stream().map(run -> percent(run, row)).toList());
  }

  /** The accuracy of a row in a past run, in percent; NaN if it was not run. */
  static double percent(PastRun run, ConfigurationSummary row) {
    PastRow past = run.rows().get(row.configuration());
    return past == null ? Double.NaN : past.accuracyPercent();
  }

  private static Element number(String words) {
    return Element.of("td", words).css("n");
  }
}
