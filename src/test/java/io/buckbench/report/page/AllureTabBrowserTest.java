package io.buckbench.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The Allure report of the last build in a real browser; {@code .ci/run} runs it after a build. */
class AllureTabBrowserTest {
  private static final Path REPORT =
      Path.of(System.getProperty("allure.report", "target/allure-report"), "index.html");

  private static final long MOST_BYTES = 25_000_000;

  @Test
  void the_first_tab_is_ours_from_a_file_without_a_request() throws IOException {
    assumeTrue(Files.exists(REPORT), "NOT RUN: no Allure report here; ./mvnw verify writes it");
    assertThat(Files.size(REPORT)).as("bytes of the single file").isLessThan(MOST_BYTES);
    try (Chromium browser = Chromium.start()) {
      browser.open(REPORT, 1280);
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
