package io.buckbench.report.page;

import io.buckbench.record.SideEffect;
import io.buckbench.report.BestWithin;
import io.buckbench.report.ConfigurationSummary;
import io.buckbench.report.Formats;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a training forgot, what an answer costs, and what is best within limits. */
final class EffectsSection {
  private static final List<SideEffect> SHOWN =
      List.of(
          SideEffect.PERPLEXITY_RATIO,
          SideEffect.ANSWER_MILLIS,
          SideEffect.MERGED_ANSWER_MILLIS,
          SideEffect.ADAPTER_BYTES,
          SideEffect.PEAK_BYTES);

  private EffectsSection() {}

  static Optional<Element> forgotten(List<ConfigurationSummary> configurations) {
    List<String> columns = new ArrayList<>(List.of("row"));
    SHOWN.forEach(effect -> columns.add(">" + effect.words()));
    List<List<String>> rows = new ArrayList<>();
    for (ConfigurationSummary row : RowsSection.ordered(configurations)) {
      if (SHOWN.stream().anyMatch(effect -> !Double.isNaN(row.mean(effect)))) {
        List<String> cells = new ArrayList<>(List.of(row.configuration()));
        SHOWN.forEach(effect -> cells.add(cell(row, effect)));
        rows.add(cells);
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Html.section("forgotten", "What was forgotten, and what an answer costs")
                .add(Html.list("side effects", columns, rows))
                .add(
                    Html.note(
                        "Mean over the seeds ± their standard deviation. Perplexity is that of"
                            + " held-out text of the base model's own kind: 1 is nothing forgotten."
                            + " Milliseconds and memory are this machine's; memory is that of the"
                            + " process, without a GPU's.")));
  }

  private static String cell(ConfigurationSummary row, SideEffect effect) {
    double sd = row.seedSd(effect);
    return number(effect, row.mean(effect))
        + (Double.isNaN(sd) || sd == 0 ? "" : " ± " + number(effect, sd));
  }

  private static String number(SideEffect effect, double value) {
    boolean bytes = effect == SideEffect.ADAPTER_BYTES || effect == SideEffect.PEAK_BYTES;
    return bytes ? Formats.bytes(value) : Formats.significant(value);
  }

  static Element limits(SuiteReport report) {
    BestWithin best = BestWithin.of(report);
    Element section =
        Html.section("limits", "What is best within limits").add(Html.p(best.sentence() + "."));
    if (!best.excluded().isEmpty()) {
      section.add(
          Html.p(
              "Beyond a limit, or not measured: "
                  + String.join(
                      ", ",
                      best.excluded().stream().map(ConfigurationSummary::configuration).toList())
                  + "."));
    }
    return section.add(
        Html.note("Name your own with ")
            .add(Html.code("report SUITE --max-usd 0.01 --max-memory 2GB --max-ms-per-answer 5"))
            .text(". Rows are compared on the same test items; there is no composite score."));
  }
}
