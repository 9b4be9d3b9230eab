package io.buckbench.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/**
 * The Allure report of a build of the smoke suite in a real browser, with {@code
 * -Dallure.report=target/allure-report}; {@code .ci/run} runs it after a build.
 */
class AllureTabBrowserTest {
  private static final String REPORT = "allure.report";

  private static final long MOST_BYTES = 25_000_000;

  private static Path report;
  private static Chromium browser;

  @BeforeAll
  static void start() {
    assumeTrue(
        System.getProperty(REPORT) != null, "NOT RUN: -Dallure.report names no Allure report");
    report = Path.of(System.getProperty(REPORT), "index.html");
    browser = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void open() {
    browser.open(report, 1280);
    browser.await("#headline", Duration.ofSeconds(20));
  }

  @Test
  void the_first_tab_is_ours_from_a_file_without_a_request() throws IOException {
    assertThat(Files.size(report)).as("bytes of the single file").isLessThan(MOST_BYTES);
    open();
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

  @Test
  void trials_and_hypotheses_are_found_by_their_tags_and_lead_to_their_row() {
    open();
    List<String> learned = found("tag:learned");
    assertThat(learned).isNotEmpty().allMatch(name -> name.matches(".+, seed \\d+: .+ %, learned"));
    assertThat(found("tag:stays-near"))
        .isNotEmpty()
        .allMatch(name -> name.matches("[^:]+: .*(supported|refuted|inconclusive|not run).*"));
    found("tag:learned");
    browser.find(".node__leaf").click();
    browser.await(".test-result svg", Duration.ofSeconds(20));
    assertThat(
            (String)
                browser.script(
                    "return document.querySelector('.test-result svg').parentNode.innerText"))
        .startsWith(learned.get(0).replaceFirst(".*: ", "") + ". learned: ")
        .containsPattern("The first 10 of \\d+ wrong answers");
    WebElement link = browser.find(".test-result a[href*='#row-']");
    String row = link.getDomAttribute("href").replaceFirst(".*#", "");
    link.click();
    browser.await("#" + row, Duration.ofSeconds(20));
    assertThat(browser.address()).endsWith("/report/smoke/index.html#" + row);
  }

  /** The names of the results that the search field finds. */
  private static List<String> found(String words) {
    browser.script("location.hash = ''");
    browser.script("location.hash = 'behaviors'");
    browser.await(".search__input", Duration.ofSeconds(20));
    browser.find(".search__input").clear();
    browser.find(".search__input").sendKeys(words);
    browser.await(".node__leaf", Duration.ofSeconds(20));
    return browser.all(".node__leaf .node__name").stream().map(WebElement::getText).toList();
  }

  @Test
  void the_summary_of_the_build_is_short_before_its_folded_parts() throws IOException {
    String text = Files.readString(report.getParent().resolveSibling("report/smoke/summary.md"));
    String shown = text.substring(0, text.indexOf("<details>"));
    assertThat(shown.lines().count()).isLessThanOrEqualTo(PullRequestSummary.MOST_LINES);
    assertThat(shown.length()).isLessThanOrEqualTo(PullRequestSummary.MOST_CHARACTERS);
    assertThat(
            Files.readAllLines(report.getParent().resolveSibling("report/smoke/findings.csv"))
                .stream()
                .skip(1)
                .map(line -> line.split(",")[1]))
        .as("suites of the findings")
        .isNotEmpty()
        .containsOnly("smoke");
  }
}
