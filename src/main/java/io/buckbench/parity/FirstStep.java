package io.buckbench.parity;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds the elements whose first AdamW step rounding decides. That step moves an element by rate *
 * g / (|g| + epsilon), so a gradient near epsilon, which is rounding noise next to the tensor's
 * other gradients, may move it by anything up to the rate. An element is undetermined if a gradient
 * error that is allowed for the tensor, three times the reference's own error against float64, moves
 * it by more than the tolerance.
 *
 * @param exact the float64 gradients
 * @param errors the allowed error of each tensor's gradients
 * @param rate learning rate
 * @param tolerance of the state, relative to a tensor's largest magnitude
 */
record FirstStep(
    Map<String, double[]> exact, Map<String, Double> errors, double rate, Tolerance tolerance) {
  private static final double EPSILON = 1e-8;

  /**
   * @param reference the reference's float32 gradients
   */
  static FirstStep of(
      Map<String, double[]> exact,
      Map<String, double[]> reference,
      double rate,
      Tolerance tolerance) {
    Map<String, Double> errors = new LinkedHashMap<>();
    reference.forEach(
        (name, gradients) -> {
          if (exact.containsKey(name)) {
            errors.put(name, 3 * Deviation.of(gradients, exact.get(name)).absolute());
          }
        });
    return new FirstStep(exact, errors, rate, tolerance);
  }

  /** For each tensor of a state, which elements are undetermined. */
  Map<String, boolean[]> undetermined(Map<String, double[]> state) {
    Map<String, boolean[]> found = new LinkedHashMap<>();
    state.forEach(
        (name, values) -> {
          boolean[] flags = new boolean[values.length];
          if (errors.containsKey(name)) {
            double limit = tolerance.limit() * Arrays.stream(values).map(Math::abs).max().orElse(0);
            for (int i = 0; i < flags.length; i++) {
              flags[i] = moved(exact.get(name)[i], errors.get(name)) > limit;
            }
          }
          found.put(name, flags);
        });
    return found;
  }

  /** The largest change of the step by a gradient's error. */
  private double moved(double gradient, double error) {
    double exactly = step(gradient);
    return rate * Math.max(step(gradient + error) - exactly, exactly - step(gradient - error));
  }

  private static double step(double gradient) {
    return gradient / (Math.abs(gradient) + EPSILON);
  }

  /** A state whose flagged elements are 0. */
  static Map<String, double[]> without(
      Map<String, double[]> state, Map<String, boolean[]> flagged) {
    Map<String, double[]> kept = new LinkedHashMap<>();
    state.forEach(
        (name, values) -> {
          double[] copy = values.clone();
          boolean[] flags = flagged.getOrDefault(name, new boolean[copy.length]);
          for (int i = 0; i < Math.min(copy.length, flags.length); i++) {
            copy[i] = flags[i] ? 0 : copy[i];
          }
          kept.put(name, copy);
        });
    return kept;
  }
}
