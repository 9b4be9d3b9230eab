package io.buckbench.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.buckbench.record.RunRecord;
import io.buckbench.report.Judgement;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.SyntheticRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a real browser. */
class PageBrowserTest {
  private static Chromium browser;

  /** Every report is written once. */
  @TempDir static Path folder;

  private static Path unchanged;
  private static Path regressed;
  private static Path troubled;
  private static Path large;

  @BeforeAll
  static void start() {
    browser = Chromium.start();
    unchanged =
        written("unchanged", at -> ReportFixtures.unchanged(at).after(ReportFixtures.history()));
    regressed =
        written("regressed", at -> ReportFixtures.regressed(at).after(ReportFixtures.history()));
    troubled = written("troubled", at -> ReportFixtures.troubled());
    large = written("large", at -> ReportFixtures.large(24, 2, 60));
  }

  private static Path written(String name, Function<Path, SuiteReport> report) {
    Path at = folder.resolve(name);
    ReportFolder.write(report.apply(at), at.resolve("report"));
    return at.resolve("report").resolve(ReportFolder.PAGE);
  }

  @BeforeEach
  void light() {
    browser.prefer("screen", "light");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void headline_and_rows_equal_the_numbers_of_the_csv() throws IOException {
    browser.open(unchanged, 1280);
    assertThat(browser.find("#headline").getText()).contains("95.0 % at best (lora-r4)");
    List<CSVRecord> rows =
        CSVParser.parse(
                Files.readString(unchanged.resolveSibling("summary.csv")),
                CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())
            .getRecords();
    for (CSVRecord row : rows) {
      String shown = browser.find("#row-" + row.get("configuration")).getText();
      assertThat(shown)
          .contains(
              String.format(
                  Locale.ROOT,
                  "%.1f [%.1f, %.1f]",
                  100 * Double.parseDouble(row.get("accuracy")),
                  100 * Double.parseDouble(row.get("accuracy_low")),
                  100 * Double.parseDouble(row.get("accuracy_high"))));
      WebElement mark =
          browser.find("#row-" + row.get("configuration") + " svg.at:not(:has(.hollow))");
      assertThat(Double.parseDouble(mark.getDomAttribute("x").replace("%", "")))
          .isCloseTo(100 * Double.parseDouble(row.get("accuracy")), offset(0.005));
    }
    assertThat(browser.all("tr[id^=row-]").stream().map(r -> r.getDomAttribute("id")))
        .as("controls are last")
        .containsExactly("row-full", "row-lora-r4", "row-ia3", "row-untouched", "row-all-yes");
  }

  @Test
  void a_planted_regression_shows_the_red_bar_with_its_cause_and_two_clicks_to_the_flips() {
    browser.open(regressed, 1280);
    WebElement bar = browser.find("#changes");
    assertThat(bar.getDomAttribute("class")).isEqualTo("bb-bar broken");
    assertThat(bar.getText())
        .contains("REGRESSED since", "learning_rate 0.001 -> 0.01", "-Dgolden=accept");
    browser.find("#changes a[href='#moved-lora-r4']").click();
    assertThat(browser.address()).endsWith("#moved-lora-r4");
    WebElement flips = browser.find("#moved-lora-r4");
    assertThat(flips.getText()).contains("Flipped answers: 18 test items", "yyy", "nnn");
    WebElement verdict = browser.find("#changes a[href^='#finding-']");
    verdict.click();
    assertThat(browser.find("[id='finding-beats-all-yes~2f~lora-r4']").isDisplayed())
        .as("a link opens the part that it leads into")
        .isTrue();
  }

  @Test
  void nothing_changed_is_green_and_nothing_is_requested_or_logged() {
    browser.open(unchanged, 1280);
    assertThat(browser.find("#changes").getDomAttribute("class")).isEqualTo("bb-bar unchanged");
    assertThat(browser.requests()).containsExactly(unchanged.toAbsolutePath().toUri().toString());
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void text_of_data_runs_nothing() {
    List<RunRecord> records = new ArrayList<>(ReportFixtures.records(38));
    records.add(SyntheticRuns.trial(ReportFixtures.SCRIPT, "lora", 1, 30));
    browser.open(written("script", at -> SuiteReport.of(records, Judgement.NONE)), 1280);
    assertThat(browser.script("return document.title")).isEqualTo("BuckBench: mini");
    assertThat(browser.all("body script")).isEmpty();
    assertThat(browser.find("table.strips").getText()).contains(ReportFixtures.SCRIPT);
  }

  @Test
  void axe_finds_no_serious_fault_in_light_and_dark() {
    for (Path page : List.of(regressed, troubled)) {
      browser.open(page, 1280);
      browser.prefer("screen", "light");
      browser.script("document.querySelectorAll('details').forEach(d => d.open = true)");
      assertThat(browser.faults("body")).as("light").isEmpty();
      browser.prefer("screen", "dark");
      assertThat(browser.faults("body")).as("dark").isEmpty();
    }
  }

  @Test
  void a_dark_page_has_no_white_slab_and_print_is_light_with_everything_open() {
    browser.open(regressed, 1280);
    browser.prefer("screen", "dark");
    Object bright =
        browser.script(
            "return Array.from(document.querySelectorAll('*')).filter(e => {const c ="
                + " getComputedStyle(e).backgroundColor.match(/\\d+(\\.\\d+)?/g).map(Number);return"
                + " c.length < 4 && c[0] + c[1] + c[2] > 600 && e.clientWidth > 60; }).map(e =>"
                + " e.tagName + '.' + e.className)");
    assertThat((List<?>) bright).isEmpty();
    browser.prefer("print", "dark");
    assertThat(browser.script("return getComputedStyle(document.querySelector('.bb')).color"))
        .isEqualTo("rgb(27, 29, 33)");
    assertThat(
            browser.script(
                "return document.querySelector('#hypothesis-beats-all-yes table').clientHeight >"
                    + " 0"))
        .as("what is folded is printed")
        .isEqualTo(true);
  }

  @Test
  @SuppressWarnings("unchecked")
  void at_500_pixels_letters_have_11_pixels_and_labels_do_not_collide() {
    browser.open(unchanged, 500);
    Object small =
        browser.script(
            "return Array.from(document.querySelectorAll('.bb svg text'))"
                + ".filter(t => parseFloat(getComputedStyle(t).fontSize) < 11)"
                + ".map(t => t.textContent)");
    assertThat((List<String>) small).isEmpty();
    browser.open(large, 500);
    Object collisions =
        browser.script(
            "const found = [];document.querySelectorAll('svg.chart').forEach(svg => {const boxes ="
                + " Array.from(svg.querySelectorAll('text.tl')).map(t => [t.textContent,"
                + " t.getBoundingClientRect()]);boxes.forEach(([a, p], i) => boxes.slice(i +"
                + " 1).forEach(([b, q]) => {if (p.left < q.right - 1 && q.left < p.right - 1 &&"
                + " p.top < q.bottom - 2 && q.top < p.bottom - 2) found.push(a + ' / ' + b);"
                + " }));}); return found;");
    assertThat((List<String>) collisions).isEmpty();
    assertThat(browser.all("svg.chart text.tl")).hasSizeGreaterThanOrEqualTo(24);
    assertThat(
            (Boolean)
                browser.script("return document.documentElement.scrollWidth <= window.innerWidth"))
        .as("the page itself does not scroll sideways")
        .isTrue();
  }

  @Test
  void the_keyboard_reaches_every_row() {
    browser.open(unchanged, 1280);
    List<String> reached = new ArrayList<>();
    browser.script("document.body.focus()");
    WebElement at = browser.find("body");
    for (int i = 0; i < 40; i++) {
      at.sendKeys(Keys.TAB);
      reached.add(String.valueOf(browser.script("return document.activeElement.hash || ''")));
      at = (WebElement) browser.script("return document.activeElement");
    }
    assertThat(reached)
        .contains("#row-full", "#row-lora-r4", "#row-ia3", "#row-untouched", "#row-all-yes");
    assertThat(browser.all("svg").stream().filter(s -> s.getDomAttribute("role") != null))
        .allMatch(
            s ->
                s.getDomAttribute("aria-label") != null
                    || s.getDomAttribute("aria-labelledby") != null);
  }

  @Test
  void trials_that_ended_otherwise_are_named_and_counted() {
    browser.open(troubled, 1280);
    assertThat(browser.find("section[aria-labelledby=trials]").getText())
        .contains("1 diverged, 1 failed, 1 killed, 1 over budget, of 5 trials.")
        .contains("lora-r4, seed 2", "the loss of step 3 is NaN", "SIGKILL", "no space left");
    assertThat(browser.find("#changes").getText())
        .contains("BROKEN", "lora-r4, seed 4: killed: the worker process was ended by SIGKILL");
  }

  @Test
  void two_runs_are_two_points_of_history() {
    browser.open(unchanged, 1280);
    assertThat(browser.all("#row-lora-r4 td.h circle.dot")).hasSize(2);
    assertThat(browser.all("section[aria-labelledby=history] [aria-label^=accuracies] tbody tr"))
        .hasSize(2);
    assertThat(browser.find("#drift + div").getText())
        .contains("lora-r4 accuracy 90.00 % -> 95.00 %, +5.00 points loosened by 0 of 2 accepts");
  }

  @Test
  void every_link_leads_somewhere() {
    browser.open(regressed, 1280);
    Object dead =
        browser.script(
            "return Array.from(document.querySelectorAll('a[href^=\"#\"]'))"
                + ".filter(a => !document.getElementById(a.getAttribute('href').slice(1)))"
                + ".map(a => a.getAttribute('href'))");
    assertThat((List<?>) dead).isEmpty();
    assertThat(
            browser.all("a:not([href^='#'])").stream()
                .collect(
                    Collectors.toMap(
                        a -> a.getDomAttribute("href"),
                        a -> Files.exists(regressed.resolveSibling(a.getDomAttribute("href"))),
                        (a, b) -> a)))
        .isNotEmpty()
        .allSatisfy((String link, Boolean exists) -> assertThat(exists).as(link).isTrue());
    assertThat(
            Map.of(
                "ids",
                browser.script(
                    "const ids = Array.from(document.querySelectorAll('[id]')).map(e => e.id);"
                        + "return ids.filter((id, i) => ids.indexOf(id) !== i)")))
        .as("ids are unique")
        .containsEntry("ids", List.of());
  }
}
