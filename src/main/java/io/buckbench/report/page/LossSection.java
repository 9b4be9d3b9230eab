package io.buckbench.report.page;

import io.buckbench.record.DataFacts;
import io.buckbench.record.RunRecord;
import io.buckbench.report.AnswerShares;
import io.buckbench.report.ConfigurationSummary;
import io.buckbench.report.chart.Family;
import io.buckbench.report.chart.LossChart;
import io.buckbench.report.markup.Element;
import io.buckbench.train.StepMetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The training loss of each family: figures 1 to 3 of the paper. */
final class LossSection {
  /** The points of all curves together, so that the page stays small. */
  private static final int POINTS = 24_000;

  private static final int MOST_POINTS = 130;
  private static final int LEAST_POINTS = 24;

  private LossSection() {}

  static Optional<Element> of(List<ConfigurationSummary> configurations) {
    Map<String, List<ConfigurationSummary>> families = new LinkedHashMap<>();
    configurations.stream()
        .filter(row -> row.trials().stream().anyMatch(run -> !run.steps().isEmpty()))
        .forEach(row -> families.computeIfAbsent(family(row), f -> new ArrayList<>()).add(row));
    if (families.isEmpty()) {
      return Optional.empty();
    }
    int trials = configurations.stream().mapToInt(row -> row.trials().size()).sum();
    int points = Math.max(LEAST_POINTS, Math.min(MOST_POINTS, POINTS / trials));
    Element charts = Element.of("div").css("charts");
    families.forEach((name, rows) -> charts.add(chart(name, rows, points)));
    return Optional.of(
        Html.section("losses", "How it learned")
            .add(charts)
            .add(
                Html.note(
                    "Thin: each seed. Thick: their mean as long as all seeds trained. Logarithmic."
                        + " Dollars: the mean of the family's measured dollars a step. Dashed: the"
                        + " loss of a model that knows only the shares of the answers, which is"
                        + " their entropy divided by the mean number of tokens of an answer with"
                        + " its end.")));
  }

  private static String family(ConfigurationSummary row) {
    return row.role().control() ? "controls" : row.declared().method();
  }

  private static Element chart(String name, List<ConfigurationSummary> rows, int points) {
    List<LossChart.Row> drawn = new ArrayList<>();
    double usd = 0;
    long steps = 0;
    for (ConfigurationSummary row : rows) {
      List<double[]> seeds = new ArrayList<>();
      for (RunRecord run : row.trials()) {
        if (!run.steps().isEmpty()) {
          seeds.add(run.steps().stream().mapToDouble(StepMetric::loss).toArray());
          usd += run.cost().spentUsd().doubleValue();
          steps += run.steps().size();
        }
      }
      drawn.add(new LossChart.Row(row.configuration(), seeds, points));
    }
    boolean control = name.equals("controls");
    return Element.of("div")
        .add(Element.of("h3", name))
        .add(
            new LossChart(
                    control ? Family.CONTROL : Family.of(name),
                    drawn,
                    sharesOnly(rows.get(0)),
                    usd / steps)
                .chart("loss-" + name, "Training loss of " + name));
  }

  /**
   * The loss of a model that knows only the shares of the answers. A loss is the mean over the
   * tokens of the answers and their ends. The tokens of an answer together cost its entropy, and
   * the end costs nothing. Only where the loss is on the answers; otherwise the text of the prompts
   * is in it too.
   */
  private static OptionalDouble sharesOnly(ConfigurationSummary row) {
    DataFacts data =
        row.trials().stream()
            .map(RunRecord::data)
            .filter(facts -> !facts.answerTokens().isEmpty())
            .findFirst()
            .orElse(DataFacts.UNKNOWN);
    boolean onAnswers = row.declared().value("loss_on").equals("answer");
    if (!onAnswers || data.answerTokens().isEmpty() || row.scores().isEmpty()) {
      return OptionalDouble.empty();
    }
    AnswerShares wanted = row.wanted();
    double tokens = 0;
    for (int answer = 0; answer < data.answers().size(); answer++) {
      double share = wanted.shares().get(data.answers().word(answer));
      tokens += share * (data.answerTokens().get(answer) + 1);
    }
    return OptionalDouble.of(wanted.entropy() / tokens);
  }
}
