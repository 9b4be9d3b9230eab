package io.buckbench.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.input.InvalidInputException;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

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

  private Workers workers(String count, String runs) {
    return workers(count, QUICK, runs);
  }

  private Workers workers(String count, WorkerSettings settings, String runs) {
    return new Workers(
        folders(runs), WorkerCount.parse("--workers", count), Reuse.SAME_PROGRAM, settings);
  }

  private Workers one() {
    return workers("1", "runs");
  }

  private RunRecord stored(RunRecord record) {
    return new RunStore(dir.resolve("runs")).find(record.id()).orElseThrow();
  }

  /** Kills the worker of a row in its first step. */
  private static class Killing implements TrialListener {
    private final List<Long> processes = new ArrayList<>();
    private BigDecimal spent;

    @Override
    public void runsIn(Trial trial, long process) {
      processes.add(process);
    }

    @Override
    public void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {
      if (trial.configuration().id().equals("doomed")) {
        spent = spentUsd;
        ProcessHandle.of(processes.get(processes.size() - 1))
            .ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  @Test
  void a_worker_that_is_killed_fails_its_trial_and_a_new_one_goes_on() {
    project
        .row("first", "milestones_usd=")
        .row("doomed", ENDLESS, "schedule=constant", "milestones_usd=0.05")
        .row("next", "milestones_usd=")
        .row("last", "milestones_usd=");
    Killing killing =
        new Killing() {
          @Override
          public void finished(Trial trial, RunRecord record, boolean fromStore) {
            if (trial.configuration().id().equals("next")) {
              project.onlyRow("last", "learning_rate=2e-2").write();
            }
          }
        };
    List<RunRecord> records = one().run(project.write().read().trials(), killing);
    assertThat(records)
        .extracting(r -> r.configuration() + " " + r.status())
        .containsExactly(
            "first COMPLETED",
            "doomed@0.05 FAILED",
            "doomed FAILED",
            "next COMPLETED",
            "last FAILED");
    RunRecord doomed = records.get(2);
    assertThat(doomed.failure()).startsWith("the worker process was ended by SIGKILL");
    assertThat(doomed.steps()).isNotEmpty();
    assertThat(doomed.cost().spentUsd())
        .as("as of its last step")
        .isPositive()
        .isCloseTo(killing.spent, within(new BigDecimal("1e-11")));
    assertThat(doomed.broken())
        .hasToString("[the trial completed: it failed: " + doomed.failure() + "]");
    assertThat(stored(doomed)).isEqualTo(doomed);
    assertThat(records.get(1).failure()).isEqualTo(doomed.failure());
    assertThat(stored(records.get(1))).isEqualTo(records.get(1));
    assertThat(killing.processes.get(1))
        .as("a worker is used again")
        .isEqualTo(killing.processes.get(0));
    assertThat(killing.processes.get(2)).isNotEqualTo(killing.processes.get(1));
    assertThat(records.get(4).failure())
        .as("a row that was changed while the suite ran")
        .contains("t.csv: found another row last or none")
        .contains("do not change a suite while it runs");
  }

  @Test
  void trials_of_others_and_stored_ones_are_not_run_again_and_all_progress_is_reported() {
    project.row("a", "seeds=1 2");
    List<Trial> trials = project.write().read().trials();
    RunRecord theirs = workers("1", "theirs").run(trials.subList(0, 1), TrialListener.NONE).get(0);
    RunStore store = new RunStore(dir.resolve("runs"));
    TrialLock held = store.lock(trials.get(0).id()).orElseThrow();
    assertThat(store.lock(trials.get(0).id())).as("it is locked").isEmpty();
    List<String> events = new ArrayList<>();
    TrialListener listener =
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
            if (trial.seed() == 2 && !fromStore) {
              // The other process finishes.
              StoreMerge.into(store, List.of(new RunStore(dir.resolve("theirs"))));
              held.close();
            }
          }
        };
    List<RunRecord> records = one().run(trials, listener);
    assertThat(events)
        .containsExactly(
            "t/a seed 2 of 3 steps",
            "step 1",
            "step 2",
            "step 3",
            "4 of 8",
            "8 of 8",
            "t/a seed 2 ran",
            "t/a seed 1 was stored");
    assertThat(records.get(0)).isEqualTo(theirs);
    events.clear();
    assertThat(one().run(trials, listener)).isEqualTo(records);
    assertThat(events).containsExactly("t/a seed 1 was stored", "t/a seed 2 was stored");
  }

  @Test
  void all_damaged_records_are_reported_before_anything_is_run() throws IOException {
    project.row("first", "seeds=1 2", "milestones_usd=").row("last", "milestones_usd=");
    for (String place : List.of("first/seed-2", "last/seed-1")) {
      Path folder = Files.createDirectories(dir.resolve("runs/t").resolve(place));
      Files.writeString(folder.resolve("SHA256SUMS"), "rubbish\n");
    }
    List<Trial> trials = project.write().read().trials();
    assertThatThrownBy(() -> one().run(trials, new Killing()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("first/seed-2")
        .hasMessageContaining("last/seed-1");
    assertThat(dir.resolve("runs/t/first/seed-1")).doesNotExist();
  }

  @Test
  void a_worker_that_cannot_start_stops_the_suite() {
    List<Trial> trials = project.row("a").write().read().trials();
    WorkerSettings tooSmall = new WorkerSettings("1k", QUICK.silence(), QUICK.options());
    assertThatThrownBy(() -> workers("1", tooSmall, "runs").run(trials, TrialListener.NONE))
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
  void a_stop_keeps_snapshots_and_the_next_run_continues_from_them() {
    project.row("first").row("long", "usd=0.00005").row("last");
    List<Trial> trials = project.write().read().trials();
    Workers stopped = one();
    List<String> events = new ArrayList<>();
    List<StepMetric> taken = new ArrayList<>();
    List<RunRecord> ended =
        stopped.run(
            trials,
            new TrialListener() {
              @Override
              public void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {
                if (trial.configuration().id().equals("long")) {
                  taken.add(metric);
                  if (metric.step() == 2) {
                    stopped.stop();
                  }
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
    assertThat(all).hasSize(3).allMatch(run -> run.status() == RunStatus.COMPLETED);
    assertThat(all.get(1).steps())
        .as("steps of the stopped process")
        .startsWith(taken.toArray(StepMetric[]::new));
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
                workers("2", "runs")
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
