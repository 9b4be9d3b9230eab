package io.buckbench.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.model.TestModels;
import io.buckbench.tensor.Autograd;
import io.buckbench.tensor.GradMode;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The training loop with gradients that do not fit float16. */
class MixedTrainingTest {
  private static final Architecture CONFIG =
      TestModels.opt("dropout", 0.1, "attention_dropout", 0.1);
  private static final TrainingOptions OPTIONS = TrainingOptions.constant(1e-3, 11);

  private static CausalLM model() {
    return CausalLM.random(CONFIG, 3, Precision.MIXED, false);
  }

  private static Map<String, float[]> values(CausalLM model) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter p : model.parameters()) {
      values.put(p.name(), Tensors.floats(p.array()));
    }
    return values;
  }

  /** Leaves an infinite gradient, which stays infinite when a step adds to it. */
  @SuppressWarnings("try") // the mode is used only for its close()
  private static void overflow(NDArray leaf) {
    try (GradMode on = GradMode.on();
        NDArray sum = Ops.sum(leaf)) {
      Autograd.backward(sum, Float.POSITIVE_INFINITY);
    }
  }

  private static Trainer trainer(CausalLM model, LossScaler scaler) {
    return new Trainer(model, Seams.none(), model.parameters(), OPTIONS, scaler);
  }

  @Test
  void an_overflow_skips_the_step_which_changes_no_weight_but_takes_time() {
    try (CausalLM model = model();
        Trainer trainer = trainer(model, LossScaler.from(0x1p40f))) {
      Map<String, float[]> before = values(model);
      List<StepMetric> steps = new ArrayList<>();
      trainer.train(TrainerTest::batches, StepGate.steps(2), steps::add);
      values(model).forEach((name, v) -> assertThat(v).as(name).isEqualTo(before.get(name)));
      assertThat(steps).extracting(StepMetric::step).containsExactly(1, 2);
      assertThat(steps)
          .allSatisfy(
              step -> {
                assertThat(step.skipped()).isTrue();
                assertThat(step.loss()).isFinite();
                assertThat(step.seconds()).isPositive();
                assertThat(step.tokens()).isPositive();
              });
      assertThat(trainer.steps()).isEqualTo(2);
      assertThat(trainer.snapshot().steps()).as("updates for bias correction").isZero();
      assertThat(trainer.snapshot().lossScaling().scale()).isEqualTo(0x1p38f);
    }
  }

  @Test
  void overflows_halve_the_scale_until_gradients_fit_and_count_as_steps_but_not_updates() {
    try (CausalLM model = model();
        Trainer trainer = trainer(model, LossScaler.from(0x1p30f))) {
      List<StepMetric> steps = new ArrayList<>();
      trainer.train(TrainerTest::batches, StepGate.steps(40), steps::add);
      int skipped = (int) steps.stream().filter(StepMetric::skipped).count();
      assertThat(skipped).isBetween(5, 20);
      assertThat(steps.subList(0, 5)).allMatch(StepMetric::skipped);
      assertThat(steps.subList(25, 40)).noneMatch(StepMetric::skipped);
      assertThat(trainer.steps()).isEqualTo(40);
      assertThat(trainer.snapshot().steps()).isEqualTo(40 - skipped);
      assertThat(trainer.snapshot().lossScaling().scale())
          .isEqualTo((float) Math.scalb(1.0, 30 - skipped));
    }
  }

  @Test
  void an_overflow_at_a_scale_below_one_is_a_divergence_and_changes_no_weight() {
    try (CausalLM model = model();
        Trainer trainer = trainer(model, LossScaler.from(0.5f))) {
      overflow(model.parameters().get(0).array());
      Map<String, float[]> before = values(model);
      assertThatThrownBy(() -> trainer.step(TrainerTest.batches(1)))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("step 1: the gradient norm");
      values(model).forEach((name, v) -> assertThat(v).as(name).isEqualTo(before.get(name)));
    }
  }

  @Test
  void another_scale_gives_the_same_losses_up_to_float16_rounding() {
    Map<Float, List<Double>> losses = new LinkedHashMap<>();
    for (float scale : new float[] {4096, 8192}) {
      try (CausalLM model = model();
          Trainer trainer = trainer(model, LossScaler.from(scale))) {
        List<Double> seen = new ArrayList<>();
        trainer.train(TrainerTest::batches, StepGate.steps(5), m -> seen.add(m.loss()));
        losses.put(scale, seen);
      }
    }
    List<Double> one = losses.get(4096f);
    List<Double> two = losses.get(8192f);
    for (int i = 0; i < one.size(); i++) {
      assertThat(Math.abs(one.get(i) / two.get(i) - 1)).as("step %d", i + 1).isLessThan(1e-4);
    }
  }

  @Test
  void a_resumed_training_equals_one_that_was_not_stopped() {
    TrainingSnapshot halfway;
    TrainingSnapshot unbroken;
    try (CausalLM model = model();
        Trainer trainer = trainer(model, LossScaler.from(0x1p27f))) {
      trainer.train(TrainerTest::batches, StepGate.steps(12), m -> {});
      halfway = trainer.snapshot();
      assertThat(halfway.skippedSteps()).isPositive();
      trainer.train(TrainerTest::batches, StepGate.steps(20), m -> {});
      unbroken = trainer.snapshot();
    }
    try (CausalLM other = CausalLM.random(CONFIG, 99, Precision.MIXED, false);
        Trainer trainer = new Trainer(other, Seams.none(), other.parameters(), OPTIONS)) {
      trainer.restore(halfway);
      List<Integer> steps = new ArrayList<>();
      trainer.train(TrainerTest::batches, StepGate.steps(20), m -> steps.add(m.step()));
      assertThat(steps).startsWith(13).endsWith(20);
      trainer
          .snapshot()
          .parameters()
          .forEach((name, v) -> assertThat(v).isEqualTo(unbroken.parameters().get(name)));
      assertThat(trainer.snapshot().lossScaling()).isEqualTo(unbroken.lossScaling());
    }
  }

  /** Adam is nearly invariant to the scale, so this checks norm, clipping and moments. */
  @Test
  void gradients_are_unscaled_before_they_are_clipped_and_enter_the_moments() {
    TrainingOptions clipped =
        new TrainingOptions(
            1e-3, LearningRateSchedule.constant(), AdamWOptions.defaults(), 0.5, 11);
    double single;
    try (CausalLM model = CausalLM.random(CONFIG, 3);
        Trainer trainer = new Trainer(model, Seams.none(), model.parameters(), clipped)) {
      single = trainer.step(TrainerTest.batches(1)).gradientNorm();
    }
    try (CausalLM model = model();
        Trainer trainer =
            new Trainer(model, Seams.none(), model.parameters(), clipped, LossScaler.from(8192))) {
      StepMetric step = trainer.step(TrainerTest.batches(1));
      assertThat(step.skipped()).isFalse();
      assertThat(step.gradientNorm() / single).isBetween(0.95, 1.05);
      assertThat(single).isGreaterThan(0.5);
      double squares = 0;
      for (float[] mean : trainer.snapshot().means().values()) {
        for (float value : mean) {
          squares += (double) value * value;
        }
      }
      // The first moment is a tenth of the clipped gradient.
      assertThat(Math.sqrt(squares)).isBetween(0.0499, 0.0501);
    }
  }

  @Test
  void weights_in_float16_are_not_trained() {
    try (CausalLM frozen = CausalLM.random(CONFIG, 3, Precision.MIXED, true)) {
      assertThatThrownBy(
              () -> new Trainer(frozen, Seams.none(), frozen.parameters(), OPTIONS).close())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("embed_tokens.weight is float16")
          .hasMessageContaining("not frozen");
    }
  }
}
