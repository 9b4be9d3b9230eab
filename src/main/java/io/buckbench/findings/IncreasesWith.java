package io.buckbench.findings;

import io.buckbench.record.RunRecord;
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
    double[] x = places.stream().mapToDouble(At::log2).toArray();
    Metric metric = comparison.hypothesis().metric();
    String by = comparison.hypothesis().by().replace('-', ' ');
    return List.of(
        comparison.above(
            "",
            metric.words() + " gained for each doubling of " + by + ", " + metric.unit(),
            comparison.of(places.stream().map(At::row).toList(), means -> slope(x, means)),
            places.stream()
                .map(p -> p.row().warnings())
                .reduce(order(comparison, places), ProvisionalVerdict::joined)));
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

  private static double slope(double[] x, double[] y) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      meanX += x[i] / x.length;
      meanY += y[i] / x.length;
    }
    double up = 0;
    double across = 0;
    for (int i = 0; i < x.length; i++) {
      up += (x[i] - meanX) * (y[i] - meanY);
      across += (x[i] - meanX) * (x[i] - meanX);
    }
    return up / across;
  }

  private static String order(Comparison comparison, List<At> places) {
    Metric metric = comparison.hypothesis().metric();
    StringBuilder text = new StringBuilder();
    double before = Double.NEGATIVE_INFINITY;
    boolean monotone = true;
    for (At place : places) {
      double mean = comparison.sampled(place.row()).mean();
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
