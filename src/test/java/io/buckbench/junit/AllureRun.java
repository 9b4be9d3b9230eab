package io.buckbench.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.junitplatform.AllureJunitPlatform;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.model.TestResultContainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs a test class in a nested JUnit launcher and keeps the results that Allure writes in memory.
 */
final class AllureRun implements AllureResultsWriter {
  private final Map<String, TestResult> results = new LinkedHashMap<>();
  private final Map<String, byte[]> attachments = new LinkedHashMap<>();

  /** A writer that keeps results in memory, without any yet. */
  static AllureRun empty() {
    return new AllureRun();
  }

  static AllureRun of(Class<?> testClass) {
    AllureRun run = new AllureRun();
    AllureLifecycle before = Allure.getLifecycle();
    try {
      AllureLifecycle lifecycle = new AllureLifecycle(run);
      Allure.setLifecycle(lifecycle);
      Launcher launcher =
          LauncherFactory.create(
              LauncherConfig.builder()
                  .enableTestExecutionListenerAutoRegistration(false)
                  .addTestExecutionListeners(new AllureJunitPlatform(lifecycle))
                  .build());
      launcher.execute(
          LauncherDiscoveryRequestBuilder.request()
              .selectors(selectClass(testClass))
              .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
              .build());
    } finally {
      Allure.setLifecycle(before);
    }
    return run;
  }

  List<TestResult> results() {
    return List.copyOf(results.values());
  }

  Map<String, byte[]> attachments() {
    return attachments;
  }

  @Override
  public void write(TestResult testResult) {
    results.put(testResult.getUuid(), testResult);
  }

  @Override
  public void write(TestResultContainer container) {
    // Fixtures are not needed.
  }

  @Override
  public void write(String source, InputStream attachment) {
    try {
      attachments.put(source, attachment.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
