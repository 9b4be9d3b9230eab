package io.buckbench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Phase;
import io.buckbench.budget.Stall;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterDirectory;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.Suite;
import io.buckbench.suite.TinyProject;
import io.buckbench.suite.Trial;
import io.buckbench.tensor.WeightDigest;
import io.buckbench.train.StepMetric;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares milestones of one training with a separate training for each budget. */
class MilestoneTest {
  @TempDir Path dir;
  private ProjectFixture project;
  private TrialRunner runner;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(dir);
    TinyProject.fill(dir);
  }

  @AfterEach
  void close() {
    runner.close();
  }

  /** A row whose budget pays for 7 steps, with milestones at 3 and 5 steps. */
  private Trial trial(String... changes) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "usd=0.00002",
                "milestones_usd=0.00001 0.000015",
                "schedule=constant",
                "warmup_steps=2",
                "test_items=6"));
    all.addAll(List.of(changes));
    Suite suite = project.onlyRow("a", all.toArray(String[]::new)).write().read();
    runner = new TrialRunner(project.benchmarks());
    runner.check(suite);
    return suite.trials().get(0);
  }

  private List<RunRecord> run(Trial trial) {
    return runner.run(
        trial, t -> dir.resolve("adapters").resolve(t.configuration().id()), TrialListener.NONE);
  }

  private RunRecord own(Trial trial) {
    List<RunRecord> records = run(trial);
    return records.get(records.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lora/r4_qv",
        "prompt/p8",
        "ptuning/p8_h64",
        "prefix/p8",
        "ia3/default",
        "full/full"
      })
  void a_milestone_equals_a_separate_training_bit_for_bit_and_changes_nothing(String variant) {
    String[] parts = variant.split("/");
    String[] method = {"method=" + parts[0], "variant=" + parts[1]};
    Trial trial = trial(method);
    List<RunRecord> records = run(trial);
    assertThat(records)
        .extracting(RunRecord::configuration)
        .containsExactly("a@0.00001", "a@0.000015", "a");
    assertThat(records).extracting(r -> r.steps().size()).containsExactly(3, 5, 7);
    for (int i = 0; i < 2; i++) {
      assertSame(records.get(i), own(trial.milestones().get(i)));
    }
    assertThat(records.get(0).trainableSha256()).isNotEqualTo(records.get(1).trainableSha256());
    runner.close();
    RunRecord unserved =
        own(
            trial(
                Stream.concat(Stream.of(method), Stream.of("milestones_usd="))
                    .toArray(String[]::new)));
    assertSame(records.get(2), unserved);
  }

  private static void assertSame(RunRecord served, RunRecord own) {
    String as = served.configuration();
    assertThat(served.status()).as(as + served.failure()).isEqualTo(RunStatus.COMPLETED);
    assertThat(losses(served)).as(as).isEqualTo(losses(own));
    assertThat(served.trainableSha256()).as(as).hasSize(64).isEqualTo(own.trainableSha256());
    assertThat(served.predictions()).as(as).hasSize(6).isEqualTo(own.predictions());
    assertThat(served.cost().plannedSteps()).as(as).isEqualTo(own.cost().plannedSteps());
    assertThat(served.trainableParameters()).as(as).isEqualTo(own.trainableParameters());
    assertThat(served.totalParameters()).as(as).isEqualTo(own.totalParameters());
    assertThat(served.sideEffects().perplexityAfter())
        .as(as)
        .isEqualTo(own.sideEffects().perplexityAfter());
    assertThat(served.sideEffects().answerMillis()).as(as).isPositive();
    assertThat(served.sideEffects().mergedAnswerMillis() > 0)
        .as(as)
        .isEqualTo(own.sideEffects().mergedAnswerMillis() > 0);
    assertThat(served.broken()).as(as).isEmpty();
  }

  private static List<Double> losses(RunRecord run) {
    return run.steps().stream().map(StepMetric::loss).toList();
  }

  @Test
  void a_milestone_names_the_row_that_served_it_and_pays_for_its_own_evaluation() {
    Trial trial = trial();
    TrialListener slow =
        new TrialListener() {
          @Override
          public void answered(Trial trial, int rows, int ofRows) {
            LockSupport.parkNanos(300_000_000);
          }
        };
    List<RunRecord> records =
        runner.run(trial, t -> dir.resolve("adapters").resolve(t.configuration().id()), slow);
    RunRecord served = records.get(0);
    assertThat(served.declared().columns())
        .containsEntry("id", "a@0.00001")
        .containsEntry("usd", "0.00001")
        .containsEntry("milestones_usd", "")
        .containsEntry("served_by", "a");
    assertThat(served.cost().budgetUsd()).isEqualByComparingTo("0.00001");
    assertThat(served.cost().arithmetic()).last().asString().contains("= 3 steps");
    assertThat(records)
        .allSatisfy(
            r ->
                assertThat(r.cost().entries())
                    .extracting(CostLedger.Entry::phase)
                    .containsExactly(Phase.LOAD, Phase.TRAIN, Phase.EVALUATE));
    for (RunRecord record : records) {
      double steps = record.steps().stream().mapToDouble(StepMetric::seconds).sum();
      // Answering four batches during the training took 1.2 s, which is not training time.
      assertThat(record.cost().entries().get(1).seconds()).isBetween(steps * 0.999, steps + 0.6);
      assertThat(record.cost().entries().get(2).seconds()).isGreaterThan(0.3);
    }
    try (CausalLM model = CausalLM.load(dir.resolve("models/tiny"));
        Adapter adapter = AdapterDirectory.load(dir.resolve("adapters/a@0.00001"), model)) {
      assertThat(WeightDigest.of(adapter.parameters())).isEqualTo(served.trainableSha256());
    }
  }

  @Test
  void metered_milestones_stay_within_their_budgets() {
    List<RunRecord> records =
        run(trial("clock=metered", "usd=0.00003", "throughput=", "milestones_usd=0.00001 0.00002"));
    RunRecord last = records.get(2);
    for (RunRecord record : records) {
      int steps = record.steps().size();
      assertThat(losses(record)).isNotEmpty().isEqualTo(losses(last).subList(0, steps));
      // Only a stall of this machine may overspend, and it is marked.
      assertThat(record.cost().overspent())
          .as(record.cost().toString())
          .isEqualTo(record.cost().stalls().stream().anyMatch(Stall::overspent));
    }
    assertThat(records.get(0).steps().size()).isLessThan(records.get(1).steps().size());
    assertThat(records.get(1).steps().size()).isLessThan(last.steps().size());
  }

  @Test
  void a_metered_milestone_below_the_first_step_is_a_record_that_says_so() {
    List<RunRecord> records =
        run(
            trial(
                "clock=metered",
                "usd=0.00003",
                "throughput=",
                "milestones_usd=0.0000000001 0.00002"));
    assertThat(records)
        .extracting(RunRecord::status)
        .containsExactly(RunStatus.UNAFFORDABLE, RunStatus.COMPLETED, RunStatus.COMPLETED);
    RunRecord refused = records.get(0);
    assertThat(refused.failure())
        .contains("t.csv:2: found $0.0000000001, which pays for ")
        .contains("expected at least one step of");
    assertThat(refused.steps()).isEmpty();
    assertThat(refused.predictions()).isEmpty();
    assertThat(refused.cost().spentUsd()).isZero();
    assertThat(refused.broken()).isEmpty();
    assertThat(dir.resolve("adapters/a@0.0000000001")).doesNotExist();
  }

  @Test
  void milestones_after_a_diverging_step_diverge_too() {
    List<RunRecord> records =
        run(
            trial(
                "learning_rate=1e30",
                "warmup_steps=0",
                "clip_norm=0",
                "usd=0.001",
                "milestones_usd=0.000004 0.0005"));
    assertThat(records)
        .extracting(RunRecord::status)
        .containsExactly(RunStatus.COMPLETED, RunStatus.DIVERGED, RunStatus.DIVERGED);
    assertThat(records.get(1).failure()).isEqualTo(records.get(2).failure()).contains("finite");
    assertThat(records.get(1).predictions()).isEqualTo(records.get(2).predictions()).hasSize(6);
  }

  @Test
  void milestones_that_a_failed_training_did_not_reach_fail_too() {
    Trial trial = trial();
    List<RunRecord> records =
        runner.run(
            trial,
            t -> dir.resolve(t.configuration().id()),
            new TrialListener() {
              @Override
              public void stepped(Trial stepped, StepMetric metric, BigDecimal spentUsd) {
                if (metric.step() == 4) {
                  throw new IllegalStateException("the device is gone");
                }
              }
            });
    assertThat(records)
        .extracting(RunRecord::status)
        .containsExactly(RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.FAILED);
    assertThat(records.get(1).failure()).isEqualTo("the device is gone");
    assertThat(records.get(1).steps()).hasSize(4);
  }

  @Test
  void all_records_of_a_run_are_reused_or_all_are_run_again() throws IOException {
    Trial trial = trial();
    RunStore store = new RunStore(dir.resolve("runs"));
    StoredTrials stored = new StoredTrials(store, runner, StoredTrials.Reuse.SAME_PROGRAM);
    List<String> ended = new ArrayList<>();
    TrialListener listener =
        new TrialListener() {
          @Override
          public void finished(Trial trial, RunRecord record, boolean fromStore) {
            ended.add(trial.configuration().id() + (fromStore ? " was stored" : " ran"));
          }
        };
    List<RunRecord> first = stored.run(trial, listener);
    assertThat(stored.run(trial, listener)).isEqualTo(first);
    assertThat(ended)
        .containsExactly(
            "a@0.00001 ran",
            "a@0.000015 ran",
            "a ran",
            "a@0.00001 was stored",
            "a@0.000015 was stored",
            "a was stored");
    assertThat(project.read().recorded())
        .map(recorded -> store.find(recorded.id()).orElseThrow())
        .isEqualTo(first);
    assertThat(
            store.directory(trial.milestones().get(1).id()).resolve("adapter/adapter_config.json"))
        .exists();

    ended.clear();
    Path lost = store.directory(trial.milestones().get(1).id());
    Files.move(lost, dir.resolve("lost"));
    stored.run(trial, listener);
    assertThat(ended).containsExactly("a@0.00001 ran", "a@0.000015 ran", "a ran");

    ended.clear();
    // A run that is killed between two records leaves one of an earlier run.
    try (RunStore.Draft draft = store.draft()) {
      draft.commit(startedAt(first.get(0), "2026-01-01T00:00:00Z"));
    }
    stored.run(trial, listener);
    assertThat(ended).containsExactly("a@0.00001 ran", "a@0.000015 ran", "a ran");
  }

  private static RunRecord startedAt(RunRecord run, String instant) {
    return RunCopy.of(run).startedAt(instant).record();
  }
}
