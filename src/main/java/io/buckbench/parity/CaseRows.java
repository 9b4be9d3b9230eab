package io.buckbench.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** Collects the rows of one case. */
final class CaseRows {
  /** Logits, as parity/README.md states it. */
  static final Tolerance LOGITS = Tolerance.absolute(1e-4);

  /** Losses, gradients, merged weights. */
  static final Tolerance FINE = Tolerance.relative(1e-4);

  /** What ten steps have led to: the state, and the logits it gives. */
  static final Tolerance STATE = Tolerance.relative(1e-3);

  private final String caseName;
  private final Predicate<String> noise;
  private final List<ParityRow> rows = new ArrayList<>();

  /**
   * @param noise weights that are not compared, since what either side has is rounding noise that
   *     Adam blows up
   */
  CaseRows(String caseName, Predicate<String> noise) {
    this.caseName = caseName;
    this.noise = noise;
  }

  List<ParityRow> list() {
    return List.copyOf(rows);
  }

  void add(String quantity, Deviation deviation, Tolerance tolerance) {
    rows.add(ParityRow.of(caseName, quantity, deviation, tolerance));
  }

  /**
   * Generated ids, which are equal or not; as an error counts how many sequences differ.
   *
   * @param reference empty where the reference generated nothing
   */
  void ids(
      String quantity,
      Optional<JsonNode> reference,
      IntFunction<long[][]> generate,
      int newTokens) {
    if (reference.isPresent()) {
      long[][] expected = ReferenceFiles.rows(reference.get());
      long[][] ours = generate.apply(newTokens);
      int different = Math.abs(ours.length - expected.length);
      for (int i = 0; i < Math.min(ours.length, expected.length); i++) {
        different += Arrays.equals(ours[i], expected[i]) ? 0 : 1;
      }
      add(quantity + " ids", new Deviation(different, different), Tolerance.equal());
    }
  }

  /** The worst of all tensors; a tensor on one side only is infinitely far. */
  Deviation worst(Map<String, double[]> ours, Map<String, double[]> reference) {
    if (!ours.keySet().equals(reference.keySet())) {
      return new Deviation(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    Deviation worst = Deviation.NONE;
    for (Map.Entry<String, double[]> e : reference.entrySet()) {
      if (!noise.test(e.getKey())) {
        worst = worst.and(Deviation.of(ours.get(e.getKey()), e.getValue()));
      }
    }
    return worst;
  }
}
