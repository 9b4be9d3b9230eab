package io.buckbench.report;

import io.buckbench.record.SideEffect;
import java.util.ArrayList;
import java.util.List;

/** The CSV columns of what else a training changed, and of what its adapter needs. */
final class SideEffectColumns {
  private SideEffectColumns() {}

  /** The columns of a configuration: the mean and the standard deviation of each number. */
  static List<String> names() {
    List<String> columns = new ArrayList<>();
    for (SideEffect effect : SideEffect.values()) {
      columns.add(name(effect));
      columns.add(name(effect) + "_seed_sd");
    }
    return columns;
  }

  /** The column of a trial's number. */
  static String name(SideEffect effect) {
    return effect.id().replace('-', '_');
  }

  /** The values of {@link #names}; NaN for what was not measured. */
  static List<Double> of(ConfigurationSummary row) {
    List<Double> values = new ArrayList<>();
    for (SideEffect effect : SideEffect.values()) {
      values.add(row.mean(effect));
      values.add(row.seedSd(effect));
    }
    return values;
  }
}
