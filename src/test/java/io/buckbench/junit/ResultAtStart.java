package io.buckbench.junit;

import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.listener.TestLifecycleListener;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;

/**
 * Writes a {@code broken} result when a test starts, which the result at its end overwrites. Allure
 * only writes results at the end, so the running test of a killed JVM would otherwise have none.
 */
public final class ResultAtStart implements TestLifecycleListener {
  /**
   * The message of a test that did not end; {@code Concern} puts it in the category of the
   * environment.
   */
  static final String MESSAGE = "the JVM ended during this test";

  private final AllureResultsWriter writer =
      new FileSystemResultsWriter(ReportFiles.standard().results());

  @Override
  public void afterTestStart(TestResult result) {
    write(result);
  }

  /** Parameters and labels of a test are only known after its start. */
  @Override
  public void afterTestUpdate(TestResult result) {
    if (result.getStop() == null) {
      write(result);
    }
  }

  private void write(TestResult result) {
    TestResult broken =
        new TestResult()
            .setUuid(result.getUuid())
            .setHistoryId(result.getHistoryId())
            .setTestCaseId(result.getTestCaseId())
            .setFullName(result.getFullName())
            .setTitlePath(result.getTitlePath())
            .setName(result.getName())
            .setLabels(result.getLabels())
            .setParameters(result.getParameters())
            .setSteps(result.getSteps())
            .setAttachments(result.getAttachments())
            .setStart(result.getStart())
            .setStop(System.currentTimeMillis())
            .setStatus(Status.BROKEN)
            .setStatusDetails(new StatusDetails().setMessage(MESSAGE));
    StableHistory.apply(broken);
    writer.write(broken);
  }
}
