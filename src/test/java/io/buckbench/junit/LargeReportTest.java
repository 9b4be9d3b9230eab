package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.buckbench.golden.GoldenStore;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.report.Judgement;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.page.AllureTab;
import io.buckbench.report.page.Chromium;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.qameta.allure.FileSystemResultsWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/**
 * The reports on 504 trials of 1,600 items: how long they take, how large they are, and how they
 * are read in a browser. It needs Chromium, and Allure's command line, which a build installs:
 * {@code ./mvnw test -Dtest=LargeReportTest -DexcludedGroups= -Dgroups=large}.
 */
@Tag("large")
class LargeReportTest {
  private static final Path ALLURE = Path.of("target/allure-command-line/allure-2.34.0");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir static Path root;

  private static Chromium browser;
  private static double reportSeconds;
  private static Path page;
  private static Path allure;

  @BeforeAll
  static void write() throws Exception {
    assumeTrue(
        Files.isDirectory(ALLURE),
        "NOT RUN: no Allure command line in " + ALLURE + "; ./mvnw verify installs it");
    browser = Chromium.start();
    LargeSuite large = LargeSuite.write(root);
    long start = System.nanoTime();
    java(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "-Dbuckbench.runs=" + root.resolve("target/runs"),
            "io.buckbench.cli.BuckBench",
            "report",
            "t",
            "--project",
            root.toString()),
        Path.of("."));
    reportSeconds = (System.nanoTime() - start) / 1e9;
    page = root.resolve("target/report/t/index.html");
    allure = allure(large);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  /** The Allure report in one file, written as a build does. */
  private static Path allure(LargeSuite large) throws Exception {
    Suite suite = Suite.read("t", root, root.resolve("datasets"));
    RunStore store = new RunStore(root.resolve("target/runs"));
    List<Trial> trials = suite.trials();
    List<RunRecord> records =
        trials.stream().map(trial -> store.find(trial.id()).orElseThrow()).toList();
    Path results = root.resolve("target/allure-results");
    ReportPlace place =
        new ReportPlace(page.getParent(), "../report/t/", Optional.of(home().resolve("plugins")));
    TrialPages pages =
        new TrialPages(
            suite,
            trials,
            run -> large.questions(),
            place.base(),
            new FileSystemResultsWriter(results));
    for (int i = 0; i < trials.size(); i++) {
      pages.finished(trials.get(i), records.get(i), false);
    }
    new ReportFiles(results).begin("a large suite", "a commit", 1);
    Judgement judgement =
        Judgement.of(records, large.hypotheses(), new GoldenStore(root.resolve("golden")));
    AllureTab.write(
        SuiteReport.of(records, judgement),
        place.tab().orElseThrow().resolve("buckbench"),
        place.base());
    java(
        List.of(
            "-cp",
            home().resolve("lib/*") + File.pathSeparator + home().resolve("lib/config"),
            "io.qameta.allure.CommandLine",
            "generate",
            "--config",
            Path.of("src/test/allure/allure.yml").toAbsolutePath().toString(),
            "--single-file",
            results.toString(),
            "-o",
            root.resolve("target/allure-report").toString()),
        home());
    return root.resolve("target/allure-report/index.html");
  }

  /** A copy of Allure's command line with a plug-in of its own. */
  private static Path home() throws IOException {
    Path home = root.resolve("allure-home");
    if (!Files.exists(home)) {
      Files.createDirectories(home);
      try (Stream<Path> files = Files.walk(ALLURE)) {
        for (Path file : files.toList()) {
          Path to = home.resolve(ALLURE.relativize(file).toString());
          boolean ours = ALLURE.relativize(file).startsWith("plugins/buckbench");
          if (Files.isDirectory(file) && !ours) {
            Files.createDirectories(to);
          } else if (!ours) {
            Files.copy(file, to);
          }
        }
      }
    }
    return home;
  }

  private static void java(List<String> arguments, Path home) throws Exception {
    Path output = root.resolve("output.txt");
    ProcessBuilder jvm = new ProcessBuilder(JAVA.toString());
    jvm.command().addAll(arguments);
    jvm.environment().put("APP_HOME", home.toAbsolutePath().toString());
    jvm.environment().put("ALLURE_NO_ANALYTICS", "true");
    Process process = jvm.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }

  @Test
  void the_report_is_written_and_opened_in_time_and_stays_small() throws IOException {
    browser.open(page, 1280);
    Object loaded =
        browser.script("return performance.getEntriesByType('navigation')[0].loadEventEnd");
    double opened = ((Number) loaded).doubleValue();
    System.out.printf(
        "%d trials of %d items: report in %.1f s, page of %d bytes opens in %.0f ms,"
            + " Allure in one file of %d bytes%n",
        LargeSuite.TRIALS,
        LargeSuite.ITEMS,
        reportSeconds,
        Files.size(page),
        opened,
        Files.size(allure));
    assertThat(reportSeconds).as("seconds of the command report").isLessThan(30);
    assertThat(Files.size(page)).as("bytes of the page").isLessThan(1_000_000);
    assertThat(opened).as("milliseconds until the page is loaded").isLessThan(2000);
    assertThat(Files.size(allure)).as("bytes of Allure's file").isLessThan(PageRoom.MOST_BYTES);
  }

  @Test
  void from_the_first_tab_of_allure_to_the_flipped_answers_is_one_click() {
    open();
    WebElement item = browser.find("#changes a[href='#moved-" + LargeSuite.REGRESSED + "']");
    item.click();
    assertThat(browser.find("#moved-" + LargeSuite.REGRESSED).getText())
        .contains("Flipped answers: ", "accepted, by seed");
    assertThat(
            browser.script(
                "const at = document.getElementById(arguments[0]).getBoundingClientRect();"
                    + "return at.bottom > 0 && at.top < innerHeight",
                "moved-" + LargeSuite.REGRESSED))
        .isEqualTo(true);
  }

  @Test
  void a_trial_is_found_by_its_tag_and_its_page_begins_with_its_result() {
    open();
    browser.script("location.hash = 'behaviors'");
    browser.await(".search__input", Duration.ofSeconds(20));
    browser.find(".search__input").sendKeys("tag:collapsed");
    browser.await(".node__leaf", Duration.ofSeconds(20));
    assertThat(browser.all(".node__leaf .node__name").stream().map(WebElement::getText))
        .containsExactly(
            "full_01, seed 6: 62.0 %, collapsed",
            "full_01, seed 7: 62.0 %, collapsed", "full_01, seed 8: 62.0 %, collapsed");
    browser.find(".node__leaf").click();
    browser.await(".test-result svg", Duration.ofSeconds(20));
    String description =
        (String)
            browser.script(
                "return document.querySelector('.test-result svg').parentNode.innerText");
    assertThat(description)
        .startsWith("62.0 %, collapsed. collapsed: ")
        .contains(
            "yes 100.0 %", "Loss among the seeds of full_01", "The first 10 of 608 wrong answers")
        .contains("Not attached, so that the report stays small: ");
    assertThat(browser.all(".test-result table tr td:nth-child(5)"))
        .as("wrong answers with question and passage")
        .hasSize(TrialPage.WRONG_SHOWN)
        .allMatch(cell -> cell.getText().equals("yes"));
    assertThat(browser.console()).isEmpty();
    browser.find(".test-result a[href$='#row-full_01']").click();
    browser.await("#row-full_01", Duration.ofSeconds(20));
    assertThat(browser.address()).isEqualTo(page.toUri() + "#row-full_01");
  }

  private static void open() {
    browser.open(allure, 1280);
    browser.await("#headline", Duration.ofSeconds(30));
  }
}
