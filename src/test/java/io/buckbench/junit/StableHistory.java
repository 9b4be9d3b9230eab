package io.buckbench.junit;

import io.qameta.allure.listener.TestLifecycleListener;
import io.qameta.allure.model.TestResult;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Identifies the history of a trial by its row and seed. Allure's own key contains the number of
 * the invocation, so running a subset would mix up the histories of rows.
 */
public final class StableHistory implements TestLifecycleListener {
  @Override
  public void beforeTestWrite(TestResult result) {
    apply(result);
  }

  static void apply(TestResult result) {
    result.getLabels().stream()
        .filter(label -> label.getName().equals(Place.LABEL))
        .findFirst()
        .ifPresent(label -> apply(result, label.getValue()));
  }

  private static void apply(TestResult result, String name) {
    String id = id(name);
    result.setHistoryId(id).setTestCaseId(id);
  }

  static String id(String trial) {
    byte[] name = ("buckbench/" + trial).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString().replace("-", "");
  }
}
