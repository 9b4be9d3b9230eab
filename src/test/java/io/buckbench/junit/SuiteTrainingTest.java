package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.accepted.SyntheticSuite;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Trial;
import io.buckbench.trial.TrialListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SuiteTrainingTest {
  private static final Trial FIRST = SyntheticSuite.trial("lora-r4", 1);
  private static final Trial SECOND = SyntheticSuite.trial("lora-r4", 2);
  private static final RunRecord ONE = SyntheticSuite.record(FIRST, 40);
  private static final RunRecord TWO = SyntheticSuite.record(SECOND, 30);

  @Test
  void a_row_is_reported_while_others_are_running() {
    CountDownLatch reported = new CountDownLatch(1);
    List<Trial> heard = new ArrayList<>();
    SuiteTraining training =
        new SuiteTraining(
            listener -> {
              listener.finished(SECOND, TWO, false);
              await(reported);
              listener.finished(FIRST, ONE, false);
            },
            new TrialListener() {
              @Override
              public void finished(Trial trial, RunRecord record, boolean fromStore) {
                heard.add(trial);
              }
            });
    assertThat(training.records(List.of(SECOND))).containsExactly(TWO);
    reported.countDown();
    assertThat(training.records(List.of(FIRST))).containsExactly(ONE);
    assertThat(training.records(List.of(SECOND))).containsExactly(TWO);
    assertThat(heard).containsExactly(SECOND, FIRST);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void the_exception_that_ended_the_training_is_that_of_every_trial_after_it() {
    SuiteTraining training =
        new SuiteTraining(
            listener -> {
              listener.finished(FIRST, ONE, false);
              throw new IllegalStateException("the device is lost");
            },
            TrialListener.NONE);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> training.records(List.of(SECOND))).hasMessage("the device is lost");
    }
    assertThat(training.records(List.of(FIRST))).containsExactly(ONE);
  }

  @Test
  void the_training_starts_once_and_can_be_waited_for() {
    List<String> runs = new ArrayList<>();
    SuiteTraining training =
        new SuiteTraining(
            listener -> {
              runs.add("run");
              listener.finished(FIRST, ONE, false);
            },
            TrialListener.NONE);
    training.start();
    training.start();
    training.awaitEnd();
    assertThat(runs).containsExactly("run");
    assertThat(training.records(List.of(FIRST))).containsExactly(ONE);
  }

  @Test
  void an_error_ends_the_training_too() {
    SuiteTraining training =
        new SuiteTraining(
            listener -> {
              throw new NoClassDefFoundError("Torch");
            },
            TrialListener.NONE);
    assertThatThrownBy(() -> training.records(List.of(FIRST)))
        .hasRootCauseInstanceOf(NoClassDefFoundError.class);
  }
}
