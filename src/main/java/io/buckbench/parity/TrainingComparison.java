package io.buckbench.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.peft.Adapter;
import io.buckbench.train.Trainer;
import io.buckbench.train.TrainingOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ten steps as the reference took them: torch's AdamW by its defaults (betas 0.9 and 0.999, epsilon
 * 1e-8, weight decay 0.01 on every tensor), rate 1e-2 throughout, no clipping, the same batch at
 * each step.
 */
record TrainingComparison(CaseFolder folder, Computed computed, Judge judge, Adapter adapter) {
  /** The batches that the reference took gradients of and trained on. */
  static final List<String> BATCHES = List.of("right", "left", "full");

  private static final int STEPS = 10;
  private static final TrainingOptions OPTIONS = TrainingOptions.constant(1e-2, 0);

  void compare(SavedComparison saved) {
    Map<String, double[]> init = Computed.values(adapter.parameters());
    for (String batch : BATCHES) {
      Optional<Map<String, double[]>> reference =
          losses(folder.result().path("train_losses_" + batch));
      Optional<Map<String, double[]>> last = folder.tensors("final_" + batch);
      if (reference.isEmpty() && last.isEmpty()) {
        continue;
      }
      Computed.set(adapter.parameters(), init, "the start");
      Map<String, double[]> losses = train(batch);
      reference.ifPresent(
          r ->
              judge.either(
                  "10 losses " + batch,
                  losses,
                  r,
                  losses(folder.exact().path("train_losses_" + batch)),
                  Judge.FINE));
      Optional<Map<String, double[]>> truth = folder.tensors("f64_final_" + batch);
      last.ifPresent(
          r ->
              judge.either(
                  "after 10 steps " + batch,
                  Computed.values(adapter.parameters()),
                  r,
                  truth,
                  Judge.STATE));
      if (batch.equals("right")) {
        boolean exact = truth.isEmpty() || last.isEmpty() || near(last.get(), truth.get());
        // What is saved is the state: where only float64 can judge that, it has just done so.
        if (exact) {
          saved.written("adapter_final", adapter, Judge.STATE);
        }
        logits();
        String key = "final_right_generate3";
        judge.ids(key, folder.result().path(key), n -> computed.generate(n, adapter), 3);
      }
    }
    Computed.set(adapter.parameters(), init, "the start");
  }

  private static boolean near(Map<String, double[]> reference, Map<String, double[]> truth) {
    return Judge.STATE.allows(Judge.worst(reference, truth));
  }

  /** Trains and compares the state after the first step; the losses before each step and after. */
  private Map<String, double[]> train(String batch) {
    Map<String, double[]> losses = new LinkedHashMap<>();
    try (Trainer trainer =
        new Trainer(computed.base(), adapter.seams(), adapter.parameters(), OPTIONS)) {
      for (int step = 0; step < STEPS; step++) {
        double loss = trainer.step(List.of(computed.batches().get(batch))).loss();
        losses.put("loss " + step, new double[] {loss});
        if (step == 0) {
          folder
              .tensors("after_step1_" + batch)
              .ifPresent(
                  r ->
                      judge.add(
                          "after 1 step " + batch,
                          Judge.worst(Computed.values(adapter.parameters()), r),
                          Judge.STATE));
        }
      }
    }
    losses.put("loss " + STEPS, new double[] {computed.loss(batch, adapter)});
    return losses;
  }

  /** Each loss a tensor of its own, so that a relative error is the loss's own. */
  private static Optional<Map<String, double[]>> losses(JsonNode list) {
    if (list.isMissingNode()) {
      return Optional.empty();
    }
    Map<String, double[]> losses = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      losses.put("loss " + i, new double[] {list.get(i).asDouble()});
    }
    return Optional.of(losses);
  }

  private void logits() {
    Map<String, double[]> truth = folder.tensors("f64_final_right_logits").orElse(Map.of());
    folder
        .tensors("final_right_logits")
        .orElse(Map.of())
        .forEach(
            (batch, expected) ->
                judge.either(
                    "final right logits " + batch,
                    Map.of(batch, computed.real(computed.logits(batch, adapter), batch, adapter)),
                    Map.of(batch, computed.real(expected, batch, adapter)),
                    Optional.ofNullable(truth.get(batch))
                        .map(t -> Map.of(batch, computed.real(t, batch, adapter))),
                    Judge.STATE));
  }
}
