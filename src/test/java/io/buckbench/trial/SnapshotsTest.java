package io.buckbench.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.budget.Phase;
import io.buckbench.files.Folders;
import io.buckbench.record.RecordDifferences;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepMetric;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
  /** Buys eight steps. */
  private static final String USD = "usd=0.00002";

  @TempDir Path dir;
  private ProjectFixture project;
  private TrialRunner runner;
  private RunStore store;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(dir);
    TinyProject.fill(dir);
    store = new RunStore(dir.resolve("runs"));
  }

  @AfterEach
  void close() {
    runner.close();
  }

  private Trial trial(String... changes) {
    Trial trial = project.onlyRow("a", changes).write().read().trials().get(0);
    runner = new TrialRunner(project.benchmarks());
    return trial;
  }

  /** Counts steps, and the dollars of the last one. */
  private static final class Steps implements TrialListener {
    private final List<Integer> taken = new ArrayList<>();
    private final Set<String> answered = new TreeSet<>();
    private BigDecimal spent = BigDecimal.ZERO;

    @Override
    public void answered(Trial trial, int items, int ofItems) {
      answered.add(trial.configuration().id());
    }

    @Override
    public void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {
      taken.add(metric.step());
      spent = spentUsd;
    }
  }

  private RunRecord run(RunStore into, Trial trial, Steps steps, Duration interval, int stopAfter) {
    return all(into, trial, steps, interval, stopAfter).get(0);
  }

  /** Runs a trial and its milestones. */
  private List<RunRecord> all(
      RunStore into, Trial trial, Steps steps, Duration interval, int stopAfter) {
    Snapshots snapshots =
        new Snapshots(Optional.of(interval), () -> steps.taken.size() == stopAfter);
    return new StoredTrials(into, runner, StoredTrials.Reuse.NOTHING, snapshots).run(trial, steps);
  }

  private void assertEqual(RunRecord resumed, RunRecord unbroken) {
    assertThat(resumed.status()).as(resumed.failure()).isEqualTo(RunStatus.COMPLETED);
    assertThat(resumed.trainableSha256()).isEqualTo(unbroken.trainableSha256()).hasSize(64);
    assertThat(resumed.steps()).extracting(StepMetric::loss).isEqualTo(losses(unbroken));
    assertThat(resumed.predictions()).isEqualTo(unbroken.predictions());
    assertThat(resumed.inspection()).isEqualTo(unbroken.inspection());
    assertThat(resumed.broken()).isEmpty();
  }

  private static List<Double> losses(RunRecord run) {
    return run.steps().stream().map(StepMetric::loss).toList();
  }

  @Test
  void a_stopped_training_continues_to_the_same_bits_and_pays_for_both_parts() {
    for (String method : List.of("lora/r4_qv", "full/full", "ptuning/p8_h64")) {
      String[] parts = method.split("/");
      Trial trial = trial(USD, "method=" + parts[0], "variant=" + parts[1]);
      RunRecord unbroken =
          run(new RunStore(dir.resolve("o")), trial, new Steps(), Duration.ofHours(1), -1);
      assertThat(unbroken.steps()).hasSizeGreaterThan(5);

      Steps first = new Steps();
      assertThatThrownBy(() -> run(store, trial, first, Duration.ofHours(1), 3))
          .isInstanceOf(TrialStoppedException.class)
          .hasMessage("t/a seed 1 was stopped after step 3");
      assertThat(store.find(trial.id())).isEmpty();
      assertThat(store.snapshot(trial.id()).resolve("training.safetensors")).exists();

      Steps second = new Steps();
      RunRecord resumed = run(store, trial, second, Duration.ofHours(1), -1);
      assertEqual(resumed, unbroken);
      // The steps until the stop are reported again, and taken once.
      assertThat(second.taken).hasSameSizeAs(unbroken.steps()).startsWith(1, 2, 3, 4);
      // The metered time of a step includes that for its batch.
      assertThat(resumed.cost().seconds(Phase.TRAIN))
          .isGreaterThan(resumed.steps().stream().mapToDouble(StepMetric::seconds).sum());
      assertThat(resumed.cost().spentUsd()).isGreaterThan(first.spent);
      assertThat(store.snapshot(trial.id())).doesNotExist();
      runner.close();
      store = new RunStore(dir.resolve("runs-after-" + parts[0]));
    }
  }

  /** What a killed process leaves: a snapshot of an earlier step, and the time of the last step. */
  @Test
  void steps_after_the_last_snapshot_are_taken_again_and_stay_paid() throws IOException {
    Trial trial = trial(USD);
    RunRecord unbroken =
        run(new RunStore(dir.resolve("o")), trial, new Steps(), Duration.ofHours(1), -1);
    assertThatThrownBy(() -> run(store, trial, new Steps(), Duration.ofHours(1), 2))
        .isInstanceOf(TrialStoppedException.class);
    Path folder = store.snapshot(trial.id());
    byte[] early = Files.readAllBytes(folder.resolve("training.safetensors"));
    Steps until = new Steps();
    assertThatThrownBy(() -> run(store, trial, until, Duration.ofHours(1), 5))
        .isInstanceOf(TrialStoppedException.class);
    Files.write(folder.resolve("training.safetensors"), early);

    RunRecord resumed = run(store, trial, new Steps(), Duration.ofHours(1), -1);
    assertEqual(resumed, unbroken);
    // Steps 3 to 5 were taken twice, and paid for twice.
    assertThat(resumed.cost().spentUsd()).isGreaterThan(until.spent);
  }

  @Test
  void a_damaged_snapshot_or_one_of_other_inputs_is_not_used() throws IOException {
    Trial trial = trial(USD);
    assertThatThrownBy(() -> run(store, trial, new Steps(), Duration.ofHours(1), 2))
        .isInstanceOf(TrialStoppedException.class);
    Path file = store.snapshot(trial.id()).resolve("training.safetensors");
    byte[] whole = Files.readAllBytes(file);
    Files.writeString(file, "damaged");
    Steps steps = new Steps();
    assertThatThrownBy(() -> run(store, trial, steps, Duration.ofHours(1), 1))
        .isInstanceOf(TrialStoppedException.class);
    assertThat(steps.taken).containsExactly(1);
    Files.write(file, whole);
    runner.close();

    Trial other = trial(USD, "learning_rate=2e-2");
    Steps others = new Steps();
    assertThatThrownBy(() -> run(store, other, others, Duration.ofHours(1), 1))
        .isInstanceOf(TrialStoppedException.class);
    assertThat(others.taken).containsExactly(1);
  }

  @Test
  void snapshots_at_an_interval_change_no_bit() {
    Trial trial = trial(USD);
    RunRecord without =
        run(new RunStore(dir.resolve("o")), trial, new Steps(), Duration.ofHours(1), -1);
    assertEqual(run(store, trial, new Steps(), Duration.ofNanos(1), -1), without);
  }

  @Test
  void a_milestone_that_was_served_before_the_stop_is_kept_and_not_served_again() {
    // After three and five of eight steps.
    Trial trial = trial(USD, "milestones_usd=0.00001 0.000015", "schedule=constant");
    RunStore others = new RunStore(dir.resolve("o"));
    List<RunRecord> unbroken = all(others, trial, new Steps(), Duration.ofHours(1), -1);
    Steps first = new Steps();
    assertThatThrownBy(() -> all(store, trial, first, Duration.ofHours(1), 4))
        .isInstanceOf(TrialStoppedException.class);
    assertThat(first.answered).containsOnly("a@0.00001");

    Steps second = new Steps();
    List<RunRecord> resumed = all(store, trial, second, Duration.ofHours(1), -1);
    assertThat(second.answered).containsOnly("a@0.000015", "a");
    assertThat(resumed).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(RecordDifferences.between(unbroken.get(i), resumed.get(i))).isEmpty();
      assertThat(store.find(resumed.get(i).id())).contains(resumed.get(i));
      assertThat(store.directory(resumed.get(i).id()).resolve("adapter/adapter_config.json"))
          .exists();
    }
    assertThat(resumed.get(0).cost().spentUsd()).isLessThan(resumed.get(1).cost().spentUsd());
    assertThat(store.snapshot(trial.id())).doesNotExist();
  }

  @Test
  void an_adapter_that_cannot_be_saved_is_kept_in_a_second_place() throws IOException {
    Trial trial = trial(USD);
    Path file = Files.writeString(dir.resolve("file"), "");
    RunRecord record = runner.run(trial, t -> file.resolve("adapter"), TrialListener.NONE).get(0);
    assertThat(record.status()).isEqualTo(RunStatus.FAILED);
    assertThat(record.predictions()).hasSize(8);
    Matcher kept = Pattern.compile("kept in (\\S+): free some").matcher(record.failure());
    assertThat(kept.find()).as(record.failure()).isTrue();
    assertThat(Path.of(kept.group(1), "adapter_config.json")).exists();
    Folders.delete(Path.of(kept.group(1)));
  }
}
