package io.buckbench.findings;

import io.buckbench.record.RunRecord;
import io.buckbench.statistics.LinearStatistic;
import io.buckbench.statistics.LinearStatistic.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The metric increases with the column {@code by} (a positive number, or {@code
 * trainable-parameters}): the least-squares slope over its binary logarithm, which is the gain for
 * each doubling, exceeds the margin.
 */
final class IncreasesWith {
  private static final String TRAINABLE = "trainable-parameters";

  /** A row and the binary logarithm of its value. */
  private record At(double log2, ConfigurationRuns row) {}

  private IncreasesWith() {}

  static List<ProvisionalVerdict> judge(Comparison comparison) {
    List<At> places = new ArrayList<>();
    for (ConfigurationRuns row : comparison.subjects()) {
      place(row.records().get(0), comparison.hypothesis().by())
          .ifPresent(x -> places.add(new At(Math.log(x) / Math.log(2), row)));
    }
    places.sort(Comparator.comparingDouble(At::log2));
    if (places.stream().mapToDouble(At::log2).distinct().count() < 2) {
      return List.of();
    }
    Metric metric = comparison.hypothesis().metric();
    String by = comparison.hypothesis().by().replace('-', ' ');
    List<ConfigurationRuns> rows = places.stream().map(At::row).toList();
    String details =
        rows.stream()
            .map(ConfigurationRuns::warnings)
            .reduce(order(comparison, places), ProvisionalVerdict::joined);
    return List.of(
        comparison.above(
            "",
            metric.words() + " gained for each doubling of " + by + ", " + metric.unit(),
            slope(comparison, places),
            "gained for each doubling",
            ProvisionalVerdict.joined(details, comparison.basis(rows))));
  }

  /** The least-squares slope is a weighted sum of the rows' means. */
  private static LinearStatistic slope(Comparison comparison, List<At> places) {
    double mean = places.stream().mapToDouble(At::log2).average().orElseThrow();
    double across = places.stream().mapToDouble(p -> (p.log2() - mean) * (p.log2() - mean)).sum();
    return LinearStatistic.of(
        places.stream()
            .map(p -> new Term((p.log2() - mean) / across, comparison.sample(p.row())))
            .toList());
  }

  private static OptionalDouble place(RunRecord run, String by) {
    if (by.equals(TRAINABLE)) {
      return run.trainableParameters() > 0
          ? OptionalDouble.of(run.trainableParameters())
          : OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(run.declared().value(by));
      return value > 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private static String order(Comparison comparison, List<At> places) {
    Metric metric = comparison.hypothesis().metric();
    StringBuilder text = new StringBuilder();
    double before = Double.NEGATIVE_INFINITY;
    boolean monotone = true;
    for (At place : places) {
      double mean = comparison.sample(place.row()).mean();
      monotone &= mean >= before;
      before = mean;
      text.append(text.isEmpty() ? "" : ", ")
          .append(place.row().id())
          .append(' ')
          .append(metric.format(metric.scale() * mean));
    }
    return text + (monotone ? "" : " (not monotone)");
  }
}
