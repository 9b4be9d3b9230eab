package io.buckbench.report;

import io.buckbench.record.RunRecord;
import io.buckbench.record.SideEffect;
import io.buckbench.statistics.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What else a training changed, and what its adapter needs: mean and spread over the seeds. */
final class SideEffectTable {
  private SideEffectTable() {}

  /** Appends the section, if anything was measured. */
  static void append(StringBuilder page, List<ConfigurationSummary> configurations) {
    List<ConfigurationSummary> measured =
        configurations.stream()
            .filter(c -> values(c.trials(), SideEffect.PERPLEXITY_AFTER).length > 0)
            .toList();
    if (measured.isEmpty()) {
      return;
    }
    page.append("\n## What else a dollar does\n\n");
    page.append(
        "Mean over the seeds, with their standard deviation. Perplexity is that of held-out text of"
            + " the kind that the base model was trained on: what rises was forgotten. Milliseconds and"
            + " memory are those of this machine and its load; the memory is the process's, without that"
            + " of a GPU.\n\n");
    List<String> header = new ArrayList<>(List.of("configuration"));
    for (SideEffect effect : SideEffect.values()) {
      header.add(effect.words());
    }
    Markup.header(page, header);
    for (ConfigurationSummary c : measured) {
      List<String> cells = new ArrayList<>(List.of(c.configuration()));
      for (SideEffect effect : SideEffect.values()) {
        cells.add(cell(effect, values(c.trials(), effect)));
      }
      Markup.row(page, cells);
    }
  }

  private static String cell(SideEffect effect, double[] values) {
    if (values.length == 0) {
      return "-";
    }
    String mean = number(effect, Moments.mean(values));
    double sd = Math.sqrt(Moments.variance(values));
    return Double.isNaN(sd) ? mean : mean + " ± " + number(effect, sd);
  }

  private static String number(SideEffect effect, double value) {
    boolean whole = effect == SideEffect.ADAPTER_BYTES || effect == SideEffect.PEAK_BYTES;
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%.3f", value);
  }

  /**
   * The columns of a configuration's CSV row: the mean and the standard deviation of each number.
   */
  static List<String> columns() {
    List<String> columns = new ArrayList<>();
    for (SideEffect effect : SideEffect.values()) {
      columns.add(column(effect));
      columns.add(column(effect) + "_seed_sd");
    }
    return columns;
  }

  /** The column of a trial's number. */
  static String column(SideEffect effect) {
    return effect.id().replace('-', '_');
  }

  /** The values of {@link #columns}; NaN for what was not measured. */
  static List<Double> row(List<RunRecord> trials) {
    List<Double> row = new ArrayList<>();
    for (SideEffect effect : SideEffect.values()) {
      double[] values = values(trials, effect);
      row.add(Moments.mean(values));
      row.add(Math.sqrt(Moments.variance(values)));
    }
    return row;
  }

  private static double[] values(List<RunRecord> trials, SideEffect effect) {
    return trials.stream()
        .mapToDouble(run -> effect.of(run.sideEffects()))
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }
}
