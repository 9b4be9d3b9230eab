package io.buckbench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.SuiteRuns;
import io.buckbench.findings.Verdict;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of the suites' power are what the code and the declarations of today give. */
class SuitePowerTest {
  private static final Path ASSUMED = Path.of("benchmarks/assumed.csv");
  private static final Suite SMOKE = suite("smoke");
  private static final Hypotheses HYPOTHESES =
      Hypotheses.read(Path.of("benchmarks/hypotheses.csv"));

  private static Suite suite(String name) {
    return Suite.read(name, Path.of(""), Path.of("datasets"));
  }

  private static String page(String suite) throws IOException {
    return Files.readString(
        Path.of(suite.equals("smoke") ? "docs/power.md" : "docs/power-" + suite + ".md"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoke", "paper-steps", "paper"})
  void the_page_was_written_with_the_default_options_and_what_is_assumed_now(String name)
      throws IOException {
    assertThat(page(name))
        .contains(
            "`power %s --suites %d --seed %d`".formatted(name, SuitePower.SUITES, SuitePower.SEED))
        .contains(
            new PowerPage(name, HYPOTHESES, AssumedRow.read(ASSUMED, name).values(), List.of())
                .assumptions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoke", "paper-steps"})
  void each_claim_is_on_the_page_and_verdicts_that_it_calls_certain_are_given(String name)
      throws IOException {
    SimulatedSuite suite = new SimulatedSuite(suite(name), AssumedRow.read(ASSUMED, name));
    List<Finding> findings =
        SuiteRuns.of(name, suite.draw(0, new SplittableRandom(7))).findings(HYPOTHESES);
    assertThat(findings.stream().map(Finding::hypothesis).distinct())
        .hasSizeGreaterThanOrEqualTo(12);
    for (Finding finding : findings) {
      Matcher line =
          Pattern.compile(
                  "\\| %s \\| %s \\| %s \\| [^|]+ \\| [^|]+ \\| (\\S+) \\| (\\S+) \\| \\S+ \\|"
                      .formatted(
                          finding.hypothesis(),
                          Pattern.quote(HYPOTHESES.terms(finding.hypothesis()).orElseThrow()),
                          finding.configuration()))
              .matcher(page(name));
      assertThat(line.find()).as(finding.key()).isTrue();
      if (line.group(1).equals("100.0")) {
        assertThat(finding.verdict()).as(finding.sentence()).isEqualTo(Verdict.SUPPORTED);
      }
      if (line.group(2).equals("100.0")) {
        assertThat(finding.verdict()).as(finding.sentence()).isEqualTo(Verdict.REFUTED);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoke", "paper-steps", "paper"})
  void what_is_out_of_reach_is_listed(String suite) throws IOException {
    String[] parts = page(suite).split("## Out of reach");
    assertThat(parts).hasSize(2);
    Matcher line =
        Pattern.compile(
                "(?m)^\\| (\\S+) \\| [^|]+ \\| (\\S*) \\| .* \\| ([\\d.]+) \\| ([\\d.]+) \\| [\\d.]+ \\| ")
            .matcher(parts[0]);
    int listed = 0;
    while (line.find()) {
      boolean reached =
          Math.max(Double.parseDouble(line.group(3)), Double.parseDouble(line.group(4)))
              >= 100 * SuitePower.ENOUGH;
      String name = "- `" + line.group(1) + "`" + (line.group(2).isEmpty() ? ":" : ", ");
      if (!reached) {
        listed++;
        assertThat(parts[1]).contains(name);
      }
    }
    assertThat(parts[1].lines().filter(text -> text.startsWith("- "))).hasSize(listed);
  }

  @Test
  void a_suite_with_a_row_of_which_nothing_is_assumed_is_refused() {
    assertThatThrownBy(() -> new SimulatedSuite(SMOKE, Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nothing about untouched, full, lora_r2_qv");
  }

  @Test
  void a_row_that_learns_needs_an_accuracy(@TempDir Path dir) throws IOException {
    String text = Files.readString(ASSUMED).replace("full,448608,1,76.7,0.1,", "full,448608,1,,,");
    Path file = Files.writeString(dir.resolve("assumed.csv"), text);
    assertThatThrownBy(() -> AssumedRow.read(file, "smoke"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("column accuracy: found nothing");
  }

  @Test
  void a_spread_that_no_share_has_is_refused(@TempDir Path dir) throws IOException {
    String text = Files.readString(ASSUMED).replace(",99.4,0.3,", ",99.4,9,");
    Path file = Files.writeString(dir.resolve("assumed.csv"), text);
    assertThatThrownBy(() -> AssumedRow.read(file, "paper"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("column unreadable_sd: found '9', expected less than 7.72");
  }

  @Test
  void a_row_that_is_mostly_unreadable_is_drawn_as_assumed() {
    SimulatedSuite paper = new SimulatedSuite(suite("paper"), AssumedRow.read(ASSUMED, "paper"));
    List<RunRecord> records = paper.draw(40, new SplittableRandom(3));
    List<RunRecord> rows =
        records.stream().filter(r -> r.configuration().equals("prompt_96_125m")).toList();
    double read =
        rows.stream().flatMap(r -> r.predictions().stream()).filter(p -> p.answer() >= 0).count()
            / (40.0 * rows.get(0).predictions().size());
    // Three standard errors of the mean of 40 seeds with a standard deviation of 20 points.
    assertThat(read).isCloseTo(0.441, within(0.095));
  }
}
