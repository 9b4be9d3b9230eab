package io.buckbench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.budget.Phase;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import io.buckbench.suite.Trial;
import io.buckbench.tensor.Torch;
import io.buckbench.train.StepMetric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
  @TempDir Path dir;
  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(dir);
    TinyProject.fill(dir);
  }

  private RunRecord run(Trial trial, BiConsumer<Trial, PreparedData> warmUp) {
    try (TrialRunner runner = new TrialRunner(project.benchmarks(), 1, warmUp)) {
      return runner.run(trial, t -> dir.resolve("adapter"), TrialListener.NONE).get(0);
    }
  }

  @Test
  void a_warm_up_does_not_change_the_bits_of_the_trial() {
    for (String variant : List.of("lora/r4_qv", "prompt/p8", "ptuning/p8_h64", "prefix/p8")) {
      String[] parts = variant.split("/");
      project.row(parts[0], "method=" + parts[0], "variant=" + parts[1], "test_items=4");
    }
    for (Trial trial : project.row("full", "method=full", "variant=full").write().read().trials()) {
      List<Long> draws = new ArrayList<>();
      RunRecord after =
          run(
              trial,
              (t, data) -> {
                new WarmUp().accept(t, data);
                draws.add(Torch.random().nextLong());
              });
      RunRecord without = run(trial, (t, data) -> {});
      assertThat(after.failure()).isEmpty();
      assertThat(after.broken()).isEmpty();
      assertThat(after.trainableSha256()).isEqualTo(without.trainableSha256());
      assertThat(after.predictions()).isEqualTo(without.predictions());
      assertThat(after.steps())
          .extracting(StepMetric::loss)
          .isEqualTo(without.steps().stream().map(StepMetric::loss).toList());
      assertThat(draws).containsExactly(new SplittableRandom(trial.seed()).nextLong());
    }
  }

  @Test
  void each_precision_is_warmed_up_once() {
    List<Trial> trials =
        project
            .row("lora", "precision=float32")
            .row("again", "precision=float32")
            .row("mixed", "precision=mixed")
            .write()
            .read()
            .trials();
    WarmUp warmUp = new WarmUp();
    List<Boolean> warmed = new ArrayList<>();
    for (Trial trial : trials) {
      run(
          trial,
          (t, data) -> {
            // A warm-up seeds the random stream; otherwise this seed stays.
            Torch.seed(-1);
            warmUp.accept(t, data);
            long next = new SplittableRandom(-1).nextLong();
            warmed.add(Torch.random().nextLong() != next);
          });
    }
    assertThat(warmed).containsExactly(true, false, true);
  }

  @Test
  void the_trial_does_not_pay_for_its_time() {
    Trial trial = project.row("lora", "test_items=4").write().read().trials().get(0);
    RunRecord run = run(trial, (t, data) -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2)));
    assertThat(run.cost().seconds(Phase.LOAD)).isBetween(0.0, 1.5);
  }
}
