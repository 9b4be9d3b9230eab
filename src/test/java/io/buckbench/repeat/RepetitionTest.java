package io.buckbench.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.checkpoint.Safetensors;
import io.buckbench.findings.RunFixtures;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.train.StepMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepetitionTest {
  private static final String TRACE =
      "step,tensor,sha256\n1,fc1.lora_A,aa\n1,fc1.lora_B,bb\n2,fc1.lora_A,cc\n2,fc1.lora_B,dd\n";

  private static final float[] WEIGHTS = {1, 2, 3};

  @TempDir Path dir;
  private RunStore first;
  private RunStore second;
  private RunRecord run;

  @BeforeEach
  void stores() {
    first = new RunStore(dir.resolve("first"));
    second = new RunStore(dir.resolve("second"));
    run = RunFixtures.row("lora_8", 3, 4).get(0);
  }

  private static void store(RunStore store, RunRecord run, String trace, float... weights)
      throws IOException {
    try (RunStore.Draft draft = store.draft()) {
      if (!trace.isEmpty()) {
        Files.writeString(draft.directory().resolve("weights.csv"), trace);
      }
      Path adapter = Files.createDirectories(draft.directory().resolve("adapter"));
      Safetensors.write(
          adapter.resolve("adapter_model.safetensors"),
          Map.of("fc1.lora_A", Safetensors.Tensor.of(new long[] {weights.length}, weights)),
          Map.of());
      draft.commit(run);
    }
  }

  private Repetition compared() {
    return Repetition.of(run.id(), first, second);
  }

  @Test
  void equal_runs_are_bit_identical_and_it_says_what_was_compared() throws IOException {
    store(first, run, TRACE, WEIGHTS);
    store(second, RunCopy.of(run).record(), TRACE, WEIGHTS);
    assertThat(compared().identical()).isTrue();
    assertThat(compared().words())
        .isEqualTo(
            "%s: bit-identical (%d steps, 4 states of trained tensors, %d answers)"
                .formatted(run.id(), run.steps().size(), run.predictions().size()));
  }

  @Test
  void the_first_step_and_tensor_that_differ_are_named() throws IOException {
    List<StepMetric> steps = new ArrayList<>(run.steps());
    StepMetric last = steps.get(steps.size() - 1);
    double other = Math.nextUp(last.loss());
    steps.set(
        steps.size() - 1,
        new StepMetric(last.step(), other, last.learningRate(), last.gradientNorm(), 1, 1));
    store(first, run, TRACE, WEIGHTS);
    store(
        second,
        RunCopy.of(run).steps(steps).record(),
        TRACE.replace("2,fc1.lora_A,cc", "2,fc1.lora_A,c0"),
        1,
        2,
        Math.nextUp(3f));
    assertThat(compared().differences())
        .startsWith("trained values after step 2, tensor fc1.lora_A")
        .contains("step " + last.step() + ": loss: " + last.loss() + " and " + other)
        .contains("adapter tensor fc1.lora_A: 1 of 3 values, by up to 2.384185791015625E-7");
    assertThat(compared().words())
        .contains(
            ": not bit-identical; they first differ in trained values after step 2, tensor fc1")
        .hasSizeLessThan(800);
  }

  @Test
  void a_failed_run_is_no_proof_of_equal_bits() throws IOException {
    RunRecord failed = RunCopy.of(run).ended(RunStatus.FAILED, "no memory").record();
    store(first, failed, "", WEIGHTS);
    store(second, failed, "", WEIGHTS);
    assertThat(compared().differences())
        .containsExactly("a run that failed: no memory", "a run that failed: no memory");
  }

  @Test
  void a_store_without_the_record_is_refused() throws IOException {
    store(first, run, TRACE, WEIGHTS);
    assertThatThrownBy(this::compared)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(second.directory(run.id()) + ": found no record");
  }

  @Test
  void a_record_is_found_by_its_folder_and_nothing_else() throws IOException {
    store(first, run, TRACE, WEIGHTS);
    Path folder = first.directory(run.id());
    for (Path place : List.of(folder, folder.resolve("run.json"))) {
      assertThat(RecordPlace.of(place).record()).isEqualTo(run);
    }
    for (Path place : List.of(dir, Path.of("/seed-1"), folder.resolveSibling("seed-x"))) {
      assertThatThrownBy(() -> RecordPlace.of(place))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(
              "expected the folder of a record: STORE/SUITE/CONFIGURATION/seed-N");
    }
    assertThatThrownBy(() -> RecordPlace.of(folder.resolveSibling("seed-77")).record())
        .hasMessageContaining("found no record");
  }
}
