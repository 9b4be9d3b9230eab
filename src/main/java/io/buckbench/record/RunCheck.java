package io.buckbench.record;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.train.StepMetric;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * Checks that a record does not contradict itself. Digests show that its files were not changed by
 * accident; they cannot show that whoever wrote them told the truth.
 *
 * @param run the file {@code run.json}, for messages
 * @param steps the file of the steps, for messages
 */
record RunCheck(Path run, Path steps) {
  private static final String TODO = "delete the folder; the trial is run again";

  /**
   * @throws InvalidInputException with every contradiction
   */
  void check(RunRecord record) {
    Problems problems = new Problems();
    requireAtLeast(problems, "seed", record.seed());
    requireAtLeast(problems, "trainableParameters", record.trainableParameters());
    requireAtLeast(problems, "totalParameters", record.totalParameters());
    requireAtLeast(problems, "truncated.trainRows", record.truncated().trainRows());
    requireAtLeast(problems, "truncated.askedRows", record.truncated().askedRows());
    requireAtLeast(problems, "cost.plannedSteps", record.cost().plannedSteps());
    boolean completed = record.status() == RunStatus.COMPLETED;
    if (completed != record.failure().isEmpty()) {
      problem(
          problems,
          "failure",
          completed ? "'" + record.failure() + "' of a trial that completed" : "nothing",
          completed ? "nothing" : "the reason why the trial is " + record.status());
    }
    try {
      Instant.parse(record.provenance().startedAt());
    } catch (DateTimeParseException e) {
      problem(
          problems,
          "provenance.startedAt",
          "'" + record.provenance().startedAt() + "'",
          "an instant such as 2026-11-23T12:00:00Z");
    }
    checkSteps(problems, record.steps());
    problems.throwIfAny();
  }

  private void checkSteps(Problems problems, List<StepMetric> taken) {
    for (int i = 0; i < taken.size(); i++) {
      if (taken.get(i).step() != i + 1) {
        problems.add(
            steps + " column step", taken.get(i).step() + " as row " + (i + 1), i + 1 + "", TODO);
        return;
      }
    }
  }

  private void requireAtLeast(Problems problems, String key, long number) {
    if (number < 0) {
      problem(problems, key, number + "", "at least 0");
    }
  }

  private void problem(Problems problems, String key, String found, String expected) {
    problems.add(run + " key " + key, found, expected, TODO);
  }
}
