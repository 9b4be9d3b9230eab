package io.buckbench.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.buckbench.suite.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;

class SuiteArgumentsTest {
  @Test
  void a_suite_that_cannot_be_read_fails_with_the_full_message() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(NoSuchSuite.class))
        .execute()
        .containerEvents()
        .assertThatEvents()
        .anyMatch(
            event ->
                EventConditions.finishedWithFailure().matches(event)
                    && event
                        .getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage()
                        .contains("no suite 'no-such-suite'"));
  }

  static class NoSuchSuite {
    @ParameterizedTest
    @SuiteSource("no-such-suite")
    void row(Configuration row) {
      throw new AssertionError("there is no row to run, not " + row);
    }
  }
}
