package io.buckbench.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.model.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A training may run for days, so a step must not leak memory. */
class ResidentMemoryTest {
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
  void resident_memory_is_flat_from_step_100_to_step_1000() throws IOException {
    Architecture config = TestModels.opt("dropout", 0.1, "attention_dropout", 0.1);
    try (CausalLM model = CausalLM.random(config, 3);
        Trainer trainer =
            new Trainer(
                model, Seams.none(), model.parameters(), TrainingOptions.constant(1e-3, 1))) {
      trainer.train(TrainerTest::batches, StepGate.steps(100), m -> {});
      long early = residentKilobytes();
      trainer.train(TrainerTest::batches, StepGate.steps(1000), m -> {});
      assertThat((double) residentKilobytes() / early).isBetween(0.0, 1.05);
    }
  }

  private static long residentKilobytes() throws IOException {
    // Uncollected Java objects would hide a leak of native memory.
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
        .findFirst()
        .orElseThrow();
  }
}
