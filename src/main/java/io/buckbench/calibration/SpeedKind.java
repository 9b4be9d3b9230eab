package io.buckbench.calibration;

import io.buckbench.budget.Throughput;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Suite;
import io.buckbench.suite.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Configurations of a suite with the same speed: they differ only in settings that do not affect
 * the time of a step or an answer.
 *
 * @param label unique among the kinds of a suite; part of an id
 * @param rows at least one configuration; all of them train
 */
public record SpeedKind(String label, List<Configuration> rows) {
  /** The kinds of a suite's configurations that train, in the suite's order. */
  public static List<SpeedKind> of(Suite suite) {
    Map<Map<String, String>, List<Configuration>> byKey = new LinkedHashMap<>();
    suite.configurations().stream()
        .filter(row -> row.method().trains())
        .forEach(
            row -> byKey.computeIfAbsent(row.speedSettings(), k -> new ArrayList<>()).add(row));
    Map<String, Long> labels =
        byKey.values().stream()
            .collect(Collectors.groupingBy(rows -> label(rows.get(0)), Collectors.counting()));
    return byKey.values().stream()
        .map(
            rows -> {
              String label = label(rows.get(0));
              boolean alone = labels.get(label) == 1;
              return new SpeedKind(
                  alone ? label : label + "-" + rows.get(0).id(), List.copyOf(rows));
            })
        .toList();
  }

  private static String label(Configuration row) {
    return "%s-%s-%s-%s"
        .formatted(
            model(row),
            row.method().name(),
            row.method().variant(),
            batch(row)
                .replace(" x ", "x")
                .replaceAll(" in (\\d+) micro-batches", "in$1")
                .replaceAll(" by (\\d+) tokens", "by$1"));
  }

  private static String model(Configuration row) {
    return row.model().orElseThrow().id();
  }

  private static String batch(Configuration row) {
    TrainingSettings settings = row.training().orElseThrow();
    if (settings.batchTokens().isPresent()) {
      return "%d x %d by %d tokens"
          .formatted(settings.stepRows(), row.maxTokens(), settings.batchTokens().getAsInt());
    }
    int micro = settings.accumulation();
    return "%d x %d%s"
        .formatted(
            settings.stepRows(),
            row.maxTokens(),
            micro == 1 ? "" : " in %d micro-batches".formatted(micro));
  }

  /** The model's id. */
  public String model() {
    return model(rows.get(0));
  }

  /** The method and its variant. */
  public String method() {
    return rows.get(0).method().name() + " " + rows.get(0).method().variant();
  }

  /**
   * The rows of an optimiser step, their maximum length, and the number of micro-batches or the
   * tokens of one.
   */
  public String batch() {
    return batch(rows.get(0));
  }

  /** The id of the first recorded speed that the configurations name; empty if none does. */
  public String recorded() {
    return rows.stream()
        .flatMap(row -> row.throughput().stream())
        .map(Throughput::id)
        .findFirst()
        .orElse("");
  }
}
