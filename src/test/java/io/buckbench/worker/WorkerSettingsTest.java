package io.buckbench.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.accepted.SyntheticSuite;
import io.buckbench.input.InvalidInputException;
import io.buckbench.preflight.GpuMachine;
import io.buckbench.preflight.TrialsAtOnce;
import io.buckbench.suite.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {
  private static void with(Map<String, String> properties, Runnable action) {
    properties.forEach(System::setProperty);
    try {
      action.run();
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void limits_are_read_from_properties() {
    with(
        Map.of("buckbench.heap", "3g", "buckbench.silence", "20", "buckbench.jvm", " -Xint  -Dx=1"),
        () ->
            assertThat(WorkerSettings.fromProperties())
                .isEqualTo(
                    new WorkerSettings("3g", Duration.ofSeconds(20), List.of("-Xint", "-Dx=1"))));
    assertThat(WorkerSettings.fromProperties())
        .isEqualTo(new WorkerSettings("2g", Duration.ofMinutes(10), List.of()));
  }

  @Test
  void a_limit_that_is_no_limit_is_refused() {
    with(
        Map.of("buckbench.heap", "much"),
        () ->
            assertThatThrownBy(WorkerSettings::fromProperties)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                    "-Dbuckbench.heap: found 'much', expected a number and k, m or g, such as 2g;"
                        + " correct it"));
    with(
        Map.of("buckbench.silence", "0"),
        () ->
            assertThatThrownBy(WorkerSettings::fromProperties)
                .hasMessageContaining("found '0', expected a number of seconds from 1"));
  }

  @Test
  void several_workers_on_a_gpu_are_refused_with_what_to_do() {
    List<Trial> trials =
        List.of(SyntheticSuite.trial("lora-r4", 1), SyntheticSuite.trial("lora-r4", 2));
    TrialsAtOnce gpu = GpuMachine.v100();
    assertThat(WorkerCount.parse("--workers", "auto").of(trials, gpu)).isEqualTo(1);
    assertThat(WorkerCount.parse("--workers", "1").of(trials, gpu)).isEqualTo(1);
    assertThatThrownBy(() -> WorkerCount.parse("--workers", "2").of(trials, gpu))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--workers: found 2 workers on a GPU, expected 1 or auto")
        .hasMessageContaining("CUDA_VISIBLE_DEVICES");
  }

  @Test
  void the_number_of_workers_is_a_number_or_auto() {
    assertThat(WorkerCount.fromProperties().number()).isEmpty();
    with(
        Map.of("buckbench.workers", "3"),
        () -> assertThat(WorkerCount.fromProperties().number()).hasValue(3));
    for (String wrong : List.of("0", "-1", "two", "", "Auto")) {
      assertThatThrownBy(() -> WorkerCount.parse("--workers", wrong))
          .hasMessage(
              "--workers: found '"
                  + wrong
                  + "', expected auto or a whole number from 1 to 9999; correct it");
    }
  }
}
