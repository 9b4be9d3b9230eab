package io.buckbench.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.buckbench.report.Judgement;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.SyntheticRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullRequestSummaryTest {
  @TempDir Path folder;

  private List<SuiteReport> reports() {
    return List.of(
        ReportFixtures.unchanged(folder),
        ReportFixtures.regressed(folder),
        ReportFixtures.troubled(),
        ReportFixtures.large(80, 2, 3),
        SuiteReport.of(
                List.of(SyntheticRuns.trial("x".repeat(3000), "lora", 1, 30)), Judgement.NONE)
            .titled("s".repeat(3000)));
  }

  @Test
  void before_the_folded_part_there_are_at_most_40_lines_and_4000_characters() {
    for (SuiteReport report : reports()) {
      String shown = shown(report);
      assertThat(shown.lines().count()).isLessThanOrEqualTo(PullRequestSummary.MOST_LINES);
      assertThat(shown.length()).isLessThanOrEqualTo(PullRequestSummary.MOST_CHARACTERS);
    }
  }

  private static String shown(SuiteReport report) {
    String text = PullRequestSummary.of(report);
    return text.substring(0, text.indexOf("<details>"));
  }

  @Test
  void the_title_says_what_changed_and_only_moved_rows_are_shown() {
    String same = shown(ReportFixtures.unchanged(folder));
    assertThat(same).startsWith("# mini: nothing changed\n\nmini: $0.000500 a trial buys 95.0 %");
    assertThat(same).contains("| full |", "| lora-r4 |", "11 of 11 trials kept their promises");
    String moved = shown(ReportFixtures.regressed(folder));
    assertThat(moved)
        .startsWith("# mini: REGRESSED\n")
        .contains("| lora-r4 | 50.0 ", "- lora-r4: REGRESSED; accuracy 95.0 -&gt; 50.0")
        .doesNotContain("| full |");
  }

  @Test
  void what_does_not_fit_is_counted_and_folded() {
    String text = PullRequestSummary.of(ReportFixtures.large(80, 2, 3));
    assertThat(text.substring(0, text.indexOf("<details>"))).containsPattern("and \\d+ more rows");
    assertThat(text.substring(text.indexOf("<details>"))).contains("| prefix_row_77 |");
  }

  @Test
  void the_json_holds_to_its_schema_and_says_the_same() throws IOException {
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("docs/summary.schema.json")));
    for (SuiteReport report : reports()) {
      JsonNode json = new ObjectMapper().readTree(SummaryJson.of(report));
      assertThat(schema.validate(json)).isEmpty();
      assertThat(PullRequestSummary.of(report)).contains(json.at("/rows/0/id").asText());
    }
    JsonNode moved = new ObjectMapper().readTree(SummaryJson.of(ReportFixtures.regressed(folder)));
    assertThat(moved.at("/changes/state").asText()).isEqualTo("BROKEN");
    assertThat(moved.at("/rows/1/accepted/estimate").asDouble()).isCloseTo(0.95, offset(1e-9));
    assertThat(moved.at("/rows/1/accuracy/estimate").asDouble()).isEqualTo(0.5);
    // As deploy/ci/regression.sh selects a row.
    assertThat(moved.at("/changes/items"))
        .anySatisfy(
            item -> {
              assertThat(item.path("subject").asText()).isEqualTo("ROW");
              assertThat(item.path("target").asText()).isEqualTo("lora-r4");
              assertThat(item.path("words").asText()).startsWith("REGRESSED; accuracy 95.0 -> 50");
            });
  }

  @Test
  void the_report_ends_with_five_lines() {
    List<String> lines = ReportFolder.write(ReportFixtures.unchanged(folder), folder);
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).startsWith("mini: $0.000500 a trial buys 95.0 %");
    assertThat(lines.get(1)).startsWith("Nothing changed since");
    assertThat(lines.subList(2, 5))
        .allSatisfy(line -> assertThat(Path.of(line.replaceFirst("\\w+: +", ""))).exists());
  }
}
