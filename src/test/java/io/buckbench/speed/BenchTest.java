package io.buckbench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import io.buckbench.model.Architecture;
import io.buckbench.model.TestModels;
import io.buckbench.peft.PromptLearning;
import io.buckbench.peft.full.FullConfig;
import io.buckbench.peft.lora.LoraConfig;
import io.buckbench.peft.prefix.PrefixConfig;
import io.buckbench.peft.prompt.PromptConfig;
import io.buckbench.tensor.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BenchTest {
  private static final Path NANO = Path.of("src/main/resources/opt-nano");

  @Test
  void steps_and_answers_are_measured() {
    Workload workload = new Workload(3, 2, 12, 1, 3, 3, 2);
    Measured measured =
        new Bench(NANO, workload).measure("lora", LoraConfig.defaults(), Precision.FLOAT32);
    assertThat(measured.model()).isEqualTo("opt-nano");
    assertThat(measured.precision()).isEqualTo("float32");
    assertThat(measured.microBatches()).isEqualTo(2);
    Spread seconds = measured.stepSeconds();
    assertThat(seconds.low()).isPositive().isLessThanOrEqualTo(seconds.median());
    assertThat(seconds.high()).isGreaterThanOrEqualTo(seconds.median());
    assertThat(measured.tokensPerSecond().median()).isEqualTo(36 / seconds.median());
    assertThat(measured.tokensPerSecond().low()).isEqualTo(36 / seconds.high());
    assertThat(measured.promptsPerSecond().median()).isPositive();
    assertThat(measured.launches()).isGreaterThan(100);
    assertThat(measured.productShare()).isPositive();
  }

  @Test
  void answers_can_be_left_out() {
    Workload workload = new Workload(1, 1, 8, 0, 1, 0, 1);
    Measured measured =
        new Bench(NANO, workload).measure("full", new FullConfig(), Precision.FLOAT32);
    assertThat(measured.promptsPerSecond()).isNull();
  }

  @Test
  void the_arithmetic_of_a_step_is_that_of_its_products() {
    // Two layers of width 16 and 24; the last computes keys and values of all positions only.
    Architecture model = TestModels.opt();
    Workload workload = new Workload(3, 3, 10, 0, 1, 0, 1);
    double all = 30;
    double labelled = 6;
    double layer = 4 * 16 * 16 + 2 * 16 * 24;
    double last = all * 2 * 16 * 16 + labelled * (layer - 2 * 16 * 16);
    double attention = 2 * 10 * 16 * (all + labelled);
    double forward = 2 * (all * layer + last + attention + labelled * 16 * 50);
    assertThat(Products.ofStep(model, workload, LoraConfig.defaults())).isEqualTo(2 * forward);
    assertThat(Products.ofStep(model, workload, new FullConfig())).isEqualTo(3 * forward);

    double prefix =
        Products.ofStep(
            model,
            workload,
            new PrefixConfig(PromptLearning.of(5), false, OptionalInt.empty(), false));
    assertThat(prefix).isEqualTo(2 * (forward + 2 * 2 * 5 * 16 * (all + labelled)));
    assertThat(Products.ofStep(model, workload, PromptConfig.random(5))).isGreaterThan(prefix);
  }

  @Test
  void a_median_of_an_even_number_is_between_the_two_in_the_middle() {
    assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Spread(2.5, 1, 4));
    assertThat(Spread.of(List.of(4.0, 1.0, 3.0))).isEqualTo(new Spread(3, 1, 4));
  }

  @Test
  void impossible_workloads_are_refused() {
    assertThatThrownBy(() -> new Workload(0, 0, 2, -1, 0, -1, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "--rows", "--micro-batch", "--tokens", "--warmup", "--repeats", "--prompts");
    Workload tooLong = new Workload(1, 1, 100_000, 0, 1, 0, 1);
    assertThatThrownBy(
            () -> new Bench(NANO, tooLong).measure("f", new FullConfig(), Precision.FLOAT32))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--tokens: found 100000, expected at most ");
  }
}
