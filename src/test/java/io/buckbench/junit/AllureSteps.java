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

/** Adds finished steps to the running test. */
final class AllureSteps {
  private AllureSteps() {}

  /** Adds a step with its outcome, message and numbers. */
  static void step(String name, Status status, String message, Map<String, String> numbers) {
    StepResult step = result(name, status, message, numbers);
    String uuid = UUID.randomUUID().toString();
    AllureLifecycle lifecycle = Allure.getLifecycle();
    lifecycle.startStep(uuid, step);
    lifecycle.stopStep(uuid);
  }

  /** Adds a passed step with its start, in milliseconds since the epoch, and its duration. */
  static void pastStep(String name, long start, double seconds, Map<String, String> numbers) {
    StepResult step = result(name, Status.PASSED, "", numbers);
    step.setStage(Stage.FINISHED).setStart(start).setStop(start + Math.round(1000 * seconds));
    Allure.getLifecycle().updateTestCase(test -> test.getSteps().add(step));
  }

  private static StepResult result(
      String name, Status status, String message, Map<String, String> numbers) {
    List<Parameter> parameters =
        numbers.entrySet().stream()
            .map(e -> new Parameter().setName(e.getKey()).setValue(e.getValue()))
            .toList();
    StepResult step = new StepResult().setName(name).setStatus(status).setParameters(parameters);
    return message.isEmpty()
        ? step
        : step.setStatusDetails(new StatusDetails().setMessage(message));
  }
}
