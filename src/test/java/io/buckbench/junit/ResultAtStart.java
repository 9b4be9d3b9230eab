package io.buckbench.junit;

import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.listener.TestLifecycleListener;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.util.PropertiesUtils;
import java.nio.file.Path;

/**
 * Writes a {@code broken} result when a test starts, under the uuid of the one that its end writes
 * over it: Allure writes at the end only, so a killed JVM would take its running test with it
 * without a trace.
 */
public final class ResultAtStart implements TestLifecycleListener {
  /** What the result of a test that never ended says; {@code categories.json} goes by it. */
  static final String MESSAGE = "the JVM ended during this test";

  private final AllureResultsWriter writer;

  /** For Allure's service loader: writes where Allure does. */
  public ResultAtStart() {
    this(
        new FileSystemResultsWriter(
            Path.of(
                PropertiesUtils.loadAllureProperties()
                    .getProperty("allure.results.directory", "allure-results"))));
  }

  ResultAtStart(AllureResultsWriter writer) {
    this.writer = writer;
  }

  @Override
  public void afterTestStart(TestResult result) {
    write(result);
  }

  /** A test learns its parameters and labels only after it has started. */
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
