package io.buckbench.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Collects the rows of one case. The tolerances are those of parity/README.md. */
final class CaseRows {
  /** For logits. */
  static final Tolerance LOGITS = Tolerance.absolute(1e-4);

  /** For losses, gradients and merged weights. */
  static final Tolerance FINE = Tolerance.relative(1e-4);

  /** For parameters and logits after training. */
  static final Tolerance STATE = Tolerance.relative(1e-3);

  private final String caseName;
  private final Noise noise;
  private final List<ParityRow> rows = new ArrayList<>();

  /** Elements that are not compared, since on both sides they are noise that Adam amplifies. */
  @FunctionalInterface
  interface Noise {
    boolean test(String tensor, int element);
  }

  CaseRows(String caseName, Noise noise) {
    this.caseName = caseName;
    this.noise = noise;
  }

  List<ParityRow> list() {
    return List.copyOf(rows);
  }

  void add(String quantity, Deviation deviation, Tolerance tolerance) {
    rows.add(ParityRow.of(caseName, quantity, deviation, tolerance));
  }

  /** Compares tensors by name, if the reference has them. */
  void tensors(
      String quantity,
      Optional<Map<String, double[]>> reference,
      Supplier<Map<String, double[]>> ours,
      Tolerance tolerance) {
    reference.ifPresent(expected -> add(quantity, worst(ours.get(), expected), tolerance));
  }

  /**
   * Compares generated ids, if the reference has them and not the text of its own error. Ours
   * deviate by the number of sequences that differ.
   */
  void ids(
      String quantity,
      Optional<JsonNode> reference,
      IntFunction<long[][]> generate,
      int newTokens) {
    if (reference.filter(JsonNode::isArray).isPresent()) {
      long[][] expected = ReferenceFiles.rows(reference.get());
      long[][] ours = generate.apply(newTokens);
      int different = Math.abs(ours.length - expected.length);
      for (int i = 0; i < Math.min(ours.length, expected.length); i++) {
        different += Arrays.equals(ours[i], expected[i]) ? 0 : 1;
      }
      add(quantity + " ids", new Deviation(different, different), Tolerance.equal());
    }
  }

  /** The largest deviation of all tensors; infinite if the names differ. */
  Deviation worst(Map<String, double[]> ours, Map<String, double[]> reference) {
    if (!ours.keySet().equals(reference.keySet())) {
      return new Deviation(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    Deviation worst = Deviation.NONE;
    for (Map.Entry<String, double[]> e : reference.entrySet()) {
      double[] actual = ours.get(e.getKey());
      double[] expected = e.getValue();
      worst =
          worst.and(
              actual.length == expected.length
                  ? Deviation.of(signal(e.getKey(), actual), signal(e.getKey(), expected))
                  : Deviation.of(actual, expected));
    }
    return worst;
  }

  private double[] signal(String tensor, double[] values) {
    return IntStream.range(0, values.length)
        .filter(i -> !noise.test(tensor, i))
        .mapToDouble(i -> values[i])
        .toArray();
  }
}
