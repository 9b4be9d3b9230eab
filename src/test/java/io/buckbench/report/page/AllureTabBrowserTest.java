package io.buckbench.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The Allure report of a build in a real browser, with {@code
 * -Dallure.report=target/allure-report}; {@code .ci/run} runs it after a build.
 */
class AllureTabBrowserTest {
  private static final String REPORT = "allure.report";

  private static final long MOST_BYTES = 25_000_000;

  @Test
  void the_first_tab_is_ours_from_a_file_without_a_request() throws IOException {
    assumeTrue(
        System.getProperty(REPORT) != null, "NOT RUN: -Dallure.report names no Allure report");
    Path report = Path.of(System.getProperty(REPORT), "index.html");
    assertThat(Files.size(report)).as("bytes of the single file").isLessThan(MOST_BYTES);
    try (Chromium browser = Chromium.start()) {
      browser.open(report, 1280);
      browser.await("#headline", Duration.ofSeconds(20));
      assertThat(browser.address()).endsWith("#buckbench");
      assertThat(browser.find(".side-nav__item").getText()).contains("What a dollar");
      assertThat(browser.requests()).allMatch(url -> url.startsWith("file:"));
      assertThat(browser.console()).isEmpty();
      assertThat(browser.faults(".bb")).isEmpty();
      String row = browser.find(".bb table.matrix td a").getDomAttribute("href");
      browser.find(".bb table.matrix td a").click();
      assertThat(browser.address()).as("Allure's router is left alone").endsWith("#buckbench");
      assertThat(browser.find("[id='" + row.substring(1) + "']").isDisplayed()).isTrue();
    }
  }
}
