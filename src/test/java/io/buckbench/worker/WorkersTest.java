package io.buckbench.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.record.StoreMerge;
import io.buckbench.record.TrialLock;
import io.buckbench.suite.Project;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepMetric;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialListener;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trains tiny models in real worker processes, which the tests kill, stop and starve. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the tests send signals")
class WorkersTest {
  /** Buys 37,893 steps, so that a test ends the trial first. */
  private static final String ENDLESS = "usd=0.1";

  private static final WorkerSettings QUICK =
      new WorkerSettings(
          "512m", Duration.ofSeconds(600), List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));

  @TempDir Path dir;
  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(dir);
    TinyProject.fill(dir);
  }

  private WorkerProject folders(String runs) {
    return WorkerProject.of(Project.at(dir), "t", new RunStore(dir.resolve(runs)));
  }

  private Workers workers(String count, String heap, String runs, LongSupplier nanoTime) {
    return new Workers(
        folders(runs),
        WorkerCount.parse("--workers", count),
        Reuse.SAME_PROGRAM,
        new WorkerSettings(heap, QUICK.silence(), QUICK.options()),
        nanoTime);
  }

  private Workers one() {
    return workers("1", "512m", "runs", System::nanoTime);
  }

  private RunRecord stored(RunRecord record) {
    return new RunStore(dir.resolve("runs")).find(record.id()).orElseThrow();
  }

  /** Sends a signal to the worker of a row in its first step. */
  private static class Sending implements TrialListener {
    private final String signal;
    private final List<Long> processes = new ArrayList<>();
    private boolean sent;

    Sending(String signal) {
      this.signal = signal;
    }

    @Override
    public void runsIn(Trial trial, long process) {
      processes.add(process);
    }

    @Override
    public void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {
      if (trial.configuration().id().equals("doomed") && !sent) {
        sent = true;
        send();
      }
    }

    private void send() {
      try {
        long process = processes.get(processes.size() - 1);
        new ProcessBuilder("kill", "-" + signal, Long.toString(process)).start().waitFor();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "ABRT"})
  void a_worker_that_is_killed_fails_its_trial_and_a_new_one_goes_on(String signal) {
    project
        .row("first", "milestones_usd=")
        .row("doomed", ENDLESS, "schedule=constant", "milestones_usd=0.05")
        .row("last", "milestones_usd=");
    Sending sending = new Sending(signal);
    List<RunRecord> records = one().run(project.write().read().trials(), sending);
    assertThat(records)
        .extracting(r -> r.configuration() + " " + r.status())
        .containsExactly(
            "first COMPLETED", "doomed@0.05 FAILED", "doomed FAILED", "last COMPLETED");
    RunRecord doomed = records.get(2);
    assertThat(doomed.failure()).startsWith("the worker process was ended by SIG" + signal);
    assertThat(doomed.steps()).isNotEmpty();
    assertThat(doomed.cost().spentUsd()).isPositive();
    assertThat(doomed.broken())
        .hasToString("[the trial completed: it failed: " + doomed.failure() + "]");
    assertThat(stored(doomed)).isEqualTo(doomed);
    assertThat(records.get(1).failure()).isEqualTo(doomed.failure());
    assertThat(stored(records.get(1))).isEqualTo(records.get(1));
    assertThat(sending.processes.get(1))
        .as("a worker is used again")
        .isEqualTo(sending.processes.get(0));
    assertThat(sending.processes.get(2)).isNotEqualTo(sending.processes.get(1));
  }

  @Test
  void a_worker_that_hangs_fails_its_trial_and_a_new_one_goes_on() {
    // After the signal a millisecond counts as a second, until the trial has ended.
    long[] stopped = {0};
    LongSupplier clock =
        () -> {
          long now = System.nanoTime();
          return stopped[0] == 0 ? now : now + 1000 * (now - stopped[0]);
        };
    Sending sending =
        new Sending("STOP") {
          @Override
          public void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {
            super.stepped(trial, metric, spentUsd);
            stopped[0] = metric.step() == 1 ? System.nanoTime() : stopped[0];
          }

          @Override
          public void finished(Trial trial, RunRecord record, boolean fromStore) {
            stopped[0] = 0;
          }
        };
    project.onlyRow("doomed", ENDLESS).row("last", "method=full", "variant=full");
    List<RunRecord> records =
        workers("1", "512m", "runs", clock).run(project.write().read().trials(), sending);
    assertThat(records)
        .extracting(r -> r.configuration() + " " + r.status())
        .containsExactly("doomed FAILED", "last COMPLETED");
    assertThat(records.get(0).failure())
        .matches("the worker process reported nothing for [67]\\d\\d s and was killed .*");
  }

  @Test
  void a_worker_without_memory_fails_its_trial_with_its_last_words() {
    // A step of a million micro-batches does not fit the heap.
    project.row("doomed", "accumulation=1000000").row("last");
    List<RunRecord> records =
        workers("1", "128m", "runs", System::nanoTime)
            .run(project.write().read().trials(), TrialListener.NONE);
    assertThat(records)
        .extracting(r -> r.configuration() + " " + r.status())
        .containsExactly("doomed FAILED", "last COMPLETED");
    assertThat(records.get(0).failure())
        .startsWith("the worker process ended with status 3; its last words: ")
        .contains("Terminating due to java.lang.OutOfMemoryError: Java heap space");
  }

  @Test
  void one_and_two_workers_give_the_same_bits() {
    project
        .row("lora", "threads=1", "seeds=1 2", "milestones_usd=0.000004", "schedule=constant")
        .row("full", "threads=1", "seeds=1 2", "milestones_usd=", "method=full", "variant=full")
        .row("prefix", "threads=2", "seeds=1 2", "milestones_usd=", "method=prefix", "variant=p8");
    List<Trial> trials = project.write().read().trials();
    List<RunRecord> alone = one().run(trials, TrialListener.NONE);
    List<RunRecord> together =
        workers("2", "512m", "other-runs", System::nanoTime).run(trials, TrialListener.NONE);
    assertThat(together).hasSize(8).hasSameSizeAs(alone);
    for (int i = 0; i < alone.size(); i++) {
      RunRecord a = alone.get(i);
      RunRecord b = together.get(i);
      assertThat(b.id()).isEqualTo(a.id());
      assertThat(b.status()).as(b.failure()).isEqualTo(RunStatus.COMPLETED);
      assertThat(b.trainableSha256()).isEqualTo(a.trainableSha256()).hasSize(64);
      assertThat(losses(b)).isEqualTo(losses(a));
      assertThat(b.predictions()).isEqualTo(a.predictions());
      assertThat(a.provenance().workers()).isEqualTo(1);
      assertThat(b.provenance().workers()).isEqualTo(2);
      assertThat(b.provenance().threads()).isEqualTo(a.configuration().equals("prefix") ? 2 : 1);
      assertThat(b.provenance().deviceClass()).isEqualTo(a.provenance().deviceClass());
    }
  }

  private static List<Double> losses(RunRecord run) {
    return run.steps().stream().map(StepMetric::loss).toList();
  }

  @Test
  void stored_trials_are_not_run_again_and_all_progress_is_reported() {
    project.row("a", "seeds=1 2");
    List<Trial> trials = project.write().read().trials();
    List<RunRecord> first = one().run(trials.subList(0, 1), TrialListener.NONE);
    List<String> events = new ArrayList<>();
    List<RunRecord> all =
        one()
            .run(
                trials,
                new TrialListener() {
                  @Override
                  public void started(Trial trial, BudgetPlan plan) {
                    events.add(trial + " of " + plan.steps() + " steps");
                  }

                  @Override
                  public void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {
                    events.add("step " + metric.step());
                    assertThat(spentUsd).isPositive();
                  }

                  @Override
                  public void answered(Trial trial, int items, int ofItems) {
                    events.add(items + " of " + ofItems);
                  }

                  @Override
                  public void finished(Trial trial, RunRecord record, boolean fromStore) {
                    events.add(trial + (fromStore ? " was stored" : " ran"));
                  }
                });
    assertThat(events)
        .containsExactly(
            "t/a seed 1 was stored",
            "t/a seed 2 of 3 steps",
            "step 1",
            "step 2",
            "step 3",
            "4 of 8",
            "8 of 8",
            "t/a seed 2 ran");
    assertThat(all).hasSize(2).containsAll(first);
  }

  @Test
  void a_trial_that_another_process_runs_is_left_to_it() {
    project.row("a").row("b");
    List<Trial> trials = project.write().read().trials();
    RunRecord theirs =
        workers("1", "512m", "theirs", System::nanoTime)
            .run(trials.subList(0, 1), TrialListener.NONE)
            .get(0);
    RunStore store = new RunStore(dir.resolve("runs"));
    TrialLock held = store.lock(trials.get(0).id()).orElseThrow();
    assertThat(store.lock(trials.get(0).id())).as("it is locked").isEmpty();
    List<String> events = new ArrayList<>();
    List<RunRecord> records =
        one()
            .run(
                trials,
                new TrialListener() {
                  @Override
                  public void finished(Trial trial, RunRecord record, boolean fromStore) {
                    events.add(trial + (fromStore ? " was stored" : " ran"));
                    if (trial.configuration().id().equals("b")) {
                      // The other process finishes.
                      StoreMerge.into(store, List.of(new RunStore(dir.resolve("theirs"))));
                      held.close();
                    }
                  }
                });
    assertThat(events).containsExactly("t/b seed 1 ran", "t/a seed 1 was stored");
    assertThat(records.get(0)).isEqualTo(theirs);
  }

  @Test
  void a_row_that_is_changed_while_the_suite_runs_is_not_trained() {
    project.row("first").row("last");
    List<Trial> trials = project.write().read().trials();
    List<RunRecord> records =
        one()
            .run(
                trials,
                new TrialListener() {
                  @Override
                  public void finished(Trial trial, RunRecord record, boolean fromStore) {
                    project.onlyRow("first").row("last", "learning_rate=2e-2").write();
                  }
                });
    assertThat(records)
        .extracting(r -> r.configuration() + " " + r.status())
        .containsExactly("first COMPLETED", "last FAILED");
    assertThat(records.get(1).failure())
        .contains("t.csv: found another row last or none")
        .contains("do not change a suite while it runs");
  }

  @Test
  void a_worker_that_cannot_start_stops_the_suite() {
    List<Trial> trials = project.row("a").write().read().trials();
    assertThatThrownBy(
            () -> workers("1", "1k", "runs", System::nanoTime).run(trials, TrialListener.NONE))
        .isInstanceOf(WorkerStartException.class)
        .hasMessageContaining("the worker process ended with status 1; its last words: ")
        .hasMessageContaining("heap")
        .hasMessageContaining("start the same command again");
    assertThat(new RunStore(dir.resolve("runs")).suites()).isEmpty();
  }

  @Test
  void a_worker_ends_with_the_process_that_waits_for_its_trial() {
    Trial trial = project.row("a", ENDLESS).write().read().trials().get(0);
    WorkerProcess worker = WorkerProcess.start(QUICK, System::nanoTime);
    try (worker) {
      worker.send(new Message.Open(folders("runs"), 1, true));
      assertThat(worker.read()).contains(new Message.Ready());
      worker.send(new Message.Run("t", trial.configuration().declared(), 1));
      assertThat(worker.read().orElseThrow()).isInstanceOf(Message.Stepped.class);
    }
    assertThat(ProcessHandle.of(worker.pid())).isEmpty();
    assertThat(worker.killed()).as("it ended because its standard input did").isFalse();
  }

  @Test
  void a_stop_keeps_snapshots_and_the_next_run_gives_the_bits_of_an_unbroken_one() {
    project.row("first").row("long", "usd=0.00005").row("last");
    List<Trial> trials = project.write().read().trials();
    Workers stopped = one();
    List<String> events = new ArrayList<>();
    List<RunRecord> ended =
        stopped.run(
            trials,
            new TrialListener() {
              @Override
              public void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {
                if (trial.configuration().id().equals("long") && metric.step() == 2) {
                  stopped.stop();
                }
              }

              @Override
              public void stopped(Trial trial) {
                events.add(trial + " was stopped");
              }
            });
    assertThat(ended).extracting(RunRecord::configuration).containsExactly("first");
    assertThat(events).containsExactly("t/long seed 1 was stopped");
    assertThat(dir.resolve("runs/.snapshots/t/long/seed-1/training.safetensors")).exists();

    List<RunRecord> all = one().run(trials, TrialListener.NONE);
    List<RunRecord> unbroken =
        workers("1", "512m", "other-runs", System::nanoTime).run(trials, TrialListener.NONE);
    for (int i = 0; i < 3; i++) {
      assertThat(all.get(i).status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(all.get(i).trainableSha256()).isEqualTo(unbroken.get(i).trainableSha256());
      assertThat(losses(all.get(i))).isEqualTo(losses(unbroken.get(i)));
      assertThat(all.get(i).predictions()).isEqualTo(unbroken.get(i).predictions());
    }
    assertThat(dir.resolve("runs/.snapshots/t/long/seed-1")).doesNotExist();
  }

  @Test
  void an_interruption_ends_all_workers_and_records_nothing() {
    List<Trial> trials = project.row("a", ENDLESS, "seeds=1 2").write().read().trials();
    List<Long> processes = new ArrayList<>();
    Thread waiting = Thread.currentThread();
    assertThatThrownBy(
            () ->
                one()
                    .run(
                        trials,
                        new TrialListener() {
                          @Override
                          public void runsIn(Trial trial, long process) {
                            processes.add(process);
                          }

                          @Override
                          public void stepped(Trial trial, StepMetric m, BigDecimal spentUsd) {
                            waiting.interrupt();
                          }
                        }))
        .hasMessage("interrupted while trials were running");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(processes).hasSize(1).allMatch(process -> ProcessHandle.of(process).isEmpty());
    assertThat(dir.resolve("runs/t")).doesNotExist();
  }

  @Test
  void an_exception_of_the_listener_ends_all_workers() {
    List<Trial> trials = project.row("a", ENDLESS, "seeds=1 2").write().read().trials();
    List<Long> processes = new ArrayList<>();
    assertThatThrownBy(
            () ->
                workers("2", "512m", "runs", System::nanoTime)
                    .run(
                        trials,
                        new TrialListener() {
                          @Override
                          public void runsIn(Trial trial, long process) {
                            processes.add(process);
                          }

                          @Override
                          public void stepped(Trial trial, StepMetric m, BigDecimal spentUsd) {
                            throw new IllegalStateException("no screen");
                          }
                        }))
        .hasMessage("no screen");
    assertThat(processes).hasSize(2).allMatch(process -> ProcessHandle.of(process).isEmpty());
  }
}
