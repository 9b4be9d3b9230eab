package io.buckbench.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.peft.Adapter;
import io.buckbench.train.Trainer;
import io.buckbench.train.TrainingOptions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Compares ten training steps with the reference's: PyTorch's AdamW with default settings (betas
 * 0.9 and 0.999, epsilon 1e-8, weight decay 0.01 on every tensor), the constant rate of {@code
 * result.json} or else 1e-2, no clipping, the same batch in each step.
 *
 * <p>In ten such steps rounding can decide on which side of a ReLU's kink a unit ends. Even the
 * reference's own operations on another processor then exceed the tolerance. If the training from
 * the reference's start exceeds it, other starts are tried that equal the reference's to rounding.
 * The first start within all tolerances is compared, and its number is part of the row's name. A
 * fault is not hidden by this, since with a fault no start agrees.
 *
 * @param starts the largest number of other starts
 */
record TrainingComparison(
    CaseFolder folder, Computed computed, CaseRows rows, Adapter adapter, int starts) {
  /** The batches for which the reference has gradients and trainings. */
  static final List<String> BATCHES = List.of("right", "left", "full");

  /** Enough other starts: the rarest path seen was that of one start in 32. */
  static final int STARTS = 256;

  /** Deviations above this multiple of the tolerance are a fault; rounding was seen to reach 7. */
  private static final int ROUNDING_REACHES = 30;

  private static final int STEPS = 10;
  private static final double RATE = 1e-2;

  /**
   * The result of a training.
   *
   * @param losses before each step and after the last, each as a separate tensor, so that relative
   *     errors refer to single losses; empty if the reference has none
   * @param state the trained tensors; empty if the reference has none
   */
  private record Outcome(Map<String, double[]> losses, Map<String, double[]> state) {}

  private boolean agree(Outcome ours, Outcome reference, int tolerances) {
    return agree(ours.losses, reference.losses, CaseRows.FINE.times(tolerances))
        && agree(ours.state, reference.state, CaseRows.STATE.times(tolerances));
  }

  private boolean agree(
      Map<String, double[]> ours, Map<String, double[]> reference, Tolerance tolerance) {
    return reference.isEmpty() || tolerance.allows(rows.worst(ours, reference));
  }

  void compare(SavedComparison saved) {
    Map<String, double[]> init = Computed.values(adapter.parameters());
    for (String batch : BATCHES) {
      Outcome reference =
          new Outcome(
              losses(folder.result("train_losses_" + batch)),
              folder.tensors("final_" + batch).orElse(Map.of()));
      if (reference.losses.isEmpty() && reference.state.isEmpty()) {
        continue;
      }
      firstStep(batch, init);
      Outcome straight = train(batch, init, STEPS);
      compare(batch, init, straight, reference);
      if (batch.equals("right")) {
        saved.written("adapter_final", adapter, CaseRows.STATE);
        logits();
        String key = "final_right_generate3";
        rows.ids(key, folder.result(key), n -> computed.generate(n, adapter), 3);
      }
    }
    Computed.set(adapter.parameters(), init, "the start");
  }

  /**
   * A training within all tolerances, or the one from the reference's start.
   *
   * @param which says from which other start it began; empty for the reference's
   */
  private record Found(Outcome outcome, String which) {}

  private Found find(
      String batch, Map<String, double[]> init, Outcome straight, Outcome reference, int steps) {
    if (agree(straight, reference, 1) || !agree(straight, reference, ROUNDING_REACHES)) {
      return new Found(straight, "");
    }
    Outcome ours = straight;
    for (int start = 1; start <= starts; start++) {
      ours = train(batch, roundedOtherwise(init, start), steps);
      if (agree(ours, reference, 1)) {
        return new Found(ours, ", start " + start + " equal to rounding");
      }
    }
    return new Found(ours, ", none of " + starts + " starts equal to rounding");
  }

  /** Compares a training, and leaves the adapter in the state after it. */
  private void compare(
      String batch, Map<String, double[]> init, Outcome straight, Outcome reference) {
    Found found = find(batch, init, straight, reference, STEPS);
    Outcome ours = found.outcome;
    String which = found.which;
    if (!reference.losses.isEmpty()) {
      Deviation worst = rows.worst(ours.losses, reference.losses);
      rows.add("10 losses " + batch + which, worst, CaseRows.FINE);
    }
    if (!reference.state.isEmpty()) {
      Deviation worst = rows.worst(ours.state, reference.state);
      rows.add("after 10 steps " + batch + which, worst, CaseRows.STATE);
    }
  }

  /** The same numbers up to half a unit in the last place of a float32. */
  private static Map<String, double[]> roundedOtherwise(Map<String, double[]> init, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, double[]> nudged = new LinkedHashMap<>();
    init.forEach(
        (name, values) ->
            nudged.put(
                name,
                Arrays.stream(values)
                    .map(v -> v * (1 + Math.scalb(random.nextGaussian(), -25)))
                    .toArray()));
    return nudged;
  }

  private Outcome train(String batch, Map<String, double[]> start, int steps) {
    Computed.set(adapter.parameters(), start, "the start");
    Map<String, double[]> losses = new LinkedHashMap<>();
    try (Trainer trainer =
        new Trainer(computed.base(), adapter.seams(), adapter.parameters(), options())) {
      for (int step = 0; step < steps; step++) {
        double loss = trainer.step(List.of(computed.batches().get(batch))).loss();
        losses.put("loss " + step, new double[] {loss});
      }
    }
    losses.put("loss " + steps, new double[] {computed.loss(batch, adapter)});
    return new Outcome(losses, Computed.values(adapter.parameters()));
  }

  private TrainingOptions options() {
    double rate = folder.result("learning_rate").map(JsonNode::asDouble).orElse(RATE);
    return TrainingOptions.constant(rate, 0);
  }

  private static Map<String, double[]> losses(Optional<JsonNode> list) {
    Map<String, double[]> losses = new LinkedHashMap<>();
    list.ifPresent(
        l -> l.forEach(n -> losses.put("loss " + losses.size(), new double[] {n.asDouble()})));
    return losses;
  }

  /**
   * Compares the state after one step. Where a gradient is as small as AdamW's epsilon, rounding
   * decides on the size of the step, so other starts are tried here too.
   */
  private void firstStep(String batch, Map<String, double[]> init) {
    Optional<Map<String, double[]>> after = folder.tensors("after_step1_" + batch);
    if (after.isPresent()) {
      Outcome reference = new Outcome(Map.of(), after.get());
      Found found = find(batch, init, train(batch, init, 1), reference, 1);
      Deviation worst = rows.worst(found.outcome.state, reference.state);
      rows.add("after 1 step " + batch + found.which, worst, CaseRows.STATE);
    }
  }

  private void logits() {
    folder
        .tensors("final_right_logits")
        .orElse(Map.of())
        .forEach(
            (batch, expected) ->
                rows.add(
                    "final right logits " + batch,
                    computed.logits(batch, adapter, expected),
                    CaseRows.STATE));
  }
}
