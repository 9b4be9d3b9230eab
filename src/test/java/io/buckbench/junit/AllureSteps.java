package io.buckbench.junit;

import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Creates steps. */
final class AllureSteps {
  private AllureSteps() {}

  /** Adds a finished step to the running test. */
  static void add(String name, Status status, String message, Map<String, String> numbers) {
    String uuid = UUID.randomUUID().toString();
    AllureLifecycle lifecycle = Allure.getLifecycle();
    lifecycle.startStep(uuid, step(name, status, message, numbers));
    lifecycle.stopStep(uuid);
  }

  /**
   * A finished step.
   *
   * @param status {@code null} for a step that neither passed nor failed
   * @param message may be empty
   * @param numbers shown as the step's parameters
   */
  static StepResult step(String name, Status status, String message, Map<String, String> numbers) {
    StepResult step =
        new StepResult()
            .setName(name)
            .setStatus(status)
            .setStage(Stage.FINISHED)
            .setParameters(parameters(numbers));
    return message.isEmpty()
        ? step
        : step.setStatusDetails(new StatusDetails().setMessage(message));
  }

  static List<Parameter> parameters(Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> new Parameter().setName(e.getKey()).setValue(e.getValue()))
        .toList();
  }
}
