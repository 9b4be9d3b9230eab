package io.buckbench.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.tensor.Autograd;
import io.buckbench.tensor.GradMode;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Compares the fused update with the definition of torch's AdamW in double precision. */
class AdamWTest {
  private static final double RATE = 0.01;

  @Test
  void updates_equal_the_definition_for_a_matrix_a_vector_and_many_blocks() {
    double largest = 0;
    for (long[] shape : new long[][] {{3, 4}, {7}, {600, 1000}}) {
      for (boolean decayVectors : new boolean[] {true, false}) {
        largest = Math.max(largest, compare(shape, decayVectors, 2.0, shape.length > 1));
      }
    }
    assertThat(largest).isLessThan(1e-6);
  }

  /** The largest relative difference from the definition's weights after five steps. */
  private static double compare(
      long[] shape, boolean decayVectors, double clipNorm, boolean isMatrix) {
    AdamWOptions options = new AdamWOptions(0.9, 0.999, 1e-8, 0.1, decayVectors);
    SplittableRandom random = new SplittableRandom(5);
    try (NDManager manager = Torch.newManager()) {
      NDArray leaf = Init.normal(manager, random, 0, 1, shape);
      leaf.setRequiresGradient(true);
      float[] start = Tensors.floats(leaf);
      double[] expected = new double[start.length];
      double[] mean = new double[start.length];
      double[] variance = new double[start.length];
      for (int i = 0; i < start.length; i++) {
        expected[i] = start[i];
      }
      double decay = isMatrix || decayVectors ? 0.1 : 0;
      try (AdamW adamW = new AdamW(List.of(new Parameter("leaf", leaf)), options, true)) {
        for (int step = 1; step <= 5; step++) {
          NDArray slope = Init.normal(manager, random, 0.3, 1, shape);
          backward(leaf, slope);
          double norm = Tensors.scalar(adamW.gradientNorm(manager));
          float[] gradient = Tensors.floats(slope);
          assertThat(norm).isCloseTo(norm(gradient), within(1e-5 * norm));
          adamW.step(RATE, norm, clipNorm, 1);
          double scale = Math.min(1, clipNorm / (norm(gradient) + 1e-6));
          for (int i = 0; i < expected.length; i++) {
            double g = gradient[i] * scale;
            expected[i] *= 1 - RATE * decay;
            mean[i] = 0.9 * mean[i] + 0.1 * g;
            variance[i] = 0.999 * variance[i] + 0.001 * g * g;
            double m = mean[i] / (1 - Math.pow(0.9, step));
            double v = variance[i] / (1 - Math.pow(0.999, step));
            expected[i] -= RATE * m / (Math.sqrt(v) + 1e-8);
          }
        }
      }
      float[] ours = Tensors.floats(leaf);
      double largest = 0;
      for (int i = 0; i < ours.length; i++) {
        // Each of the five updates rounds relative to the weight.
        double scale = Math.max(1, Math.abs(expected[i]));
        largest = Math.max(largest, Math.abs(ours[i] - expected[i]) / scale);
      }
      return largest;
    }
  }

  private static void backward(NDArray leaf, NDArray slope) {
    try (GradMode on = GradMode.on();
        NDArray loss = Ops.sum(Ops.mul(slope, leaf))) {
      assertThat(on).isNotNull();
      Autograd.backward(loss, 1);
    }
  }

  @Test
  void a_parameter_that_no_loss_has_reached_is_not_changed() {
    try (NDManager manager = Torch.newManager()) {
      NDArray used = Tensors.of(manager, new float[] {1, 2}, 2);
      NDArray unused = Tensors.of(manager, new float[] {1, 2}, 2);
      List<Parameter> both = List.of(new Parameter("used", used), new Parameter("unused", unused));
      Autograd.setRequiresGradient(both, true);
      try (AdamW adamW = new AdamW(both, AdamWOptions.defaults(), true)) {
        backward(used, Tensors.of(manager, new float[] {1, 1}, 2));
        adamW.step(RATE, Tensors.scalar(adamW.gradientNorm(manager)), Double.POSITIVE_INFINITY, 1);
      }
      assertThat(Tensors.floats(unused)).containsExactly(1, 2);
      assertThat(Tensors.floats(used)[0]).isCloseTo(0.9899f, within(1e-5f));
    }
  }

  @Test
  void a_step_that_misses_a_parameter_changes_neither_it_nor_its_moments() {
    try (NDManager manager = Torch.newManager()) {
      NDArray always = Tensors.of(manager, new float[] {1, 2}, 2);
      NDArray once = Tensors.of(manager, new float[] {1, 2}, 2);
      List<Parameter> both = List.of(new Parameter("always", always), new Parameter("once", once));
      Autograd.setRequiresGradient(both, true);
      NDArray slope = Tensors.of(manager, new float[] {1, 1}, 2);
      try (AdamW adamW = new AdamW(both, AdamWOptions.defaults(), false)) {
        backward(once, slope);
        backward(always, slope);
        adamW.step(RATE, 2, Double.POSITIVE_INFINITY, 1);
        float[] before = Tensors.floats(once);
        assertThat(before[0]).isCloseTo(0.9899f, within(1e-5f));
        for (int step = 2; step <= 4; step++) {
          backward(always, slope);
          assertThat(Tensors.scalar(adamW.gradientNorm(manager)))
              .isCloseTo((float) Math.sqrt(2), within(1e-6f));
          adamW.step(RATE, Math.sqrt(2), Double.POSITIVE_INFINITY, 1);
        }
        assertThat(Tensors.floats(once)).isEqualTo(before);
        assertThat(adamW.snapshot(0, LossScaler.off().state()).updates())
            .containsEntry("always", 4)
            .containsEntry("once", 1);
      }
    }
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
