package io.buckbench.junit;

import io.qameta.allure.listener.TestLifecycleListener;
import io.qameta.allure.model.TestResult;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Gives a trial the history of its row and seed. Allure's own key holds the invocation's number, so
 * a run of a subset would put one row's history on another.
 */
public final class StableHistory implements TestLifecycleListener {
  @Override
  public void beforeTestWrite(TestResult result) {
    apply(result);
  }

  static void apply(TestResult result) {
    result.getLabels().stream()
        .filter(label -> label.getName().equals(AllureTrial.LABEL))
        .findFirst()
        .ifPresent(
            label -> {
              String id = id(label.getValue());
              result.setHistoryId(id).setTestCaseId(id);
            });
  }

  private static String id(String trial) {
    byte[] name = ("buckbench/" + trial).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString().replace("-", "");
  }
}
