package io.buckbench.peft;

import io.buckbench.data.TokenBatch;
import io.buckbench.model.CausalLM;
import io.buckbench.train.Trainer;
import io.buckbench.train.TrainingOptions;
import java.util.List;

/** A few training steps on one batch, with a new optimiser. */
final class Steps {
  private Steps() {}

  static void train(CausalLM base, Adapter adapter, TokenBatch batch, int steps) {
    try (Trainer trainer =
        new Trainer(
            base, adapter.seams(), adapter.parameters(), TrainingOptions.constant(1e-2, 7))) {
      for (int i = 0; i < steps; i++) {
        trainer.step(List.of(batch));
      }
    }
  }
}
