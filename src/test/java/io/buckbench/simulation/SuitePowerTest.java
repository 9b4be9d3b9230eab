package io.buckbench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.SuiteRuns;
import io.buckbench.findings.Verdict;
import io.buckbench.input.InvalidInputException;
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

/** The page of the smoke suite's power is what the code and the declarations of today give. */
class SuitePowerTest {
  private static final Path ASSUMED = Path.of("benchmarks/assumed.csv");
  private static final Suite SMOKE = Suite.read("smoke", Path.of(""), Path.of("datasets"));
  private static final Hypotheses HYPOTHESES =
      Hypotheses.read(Path.of("benchmarks/hypotheses.csv"));

  private static String page() throws IOException {
    return Files.readString(Path.of("docs/power.md"));
  }

  @Test
  void the_page_was_written_with_the_default_options_and_what_is_assumed_now() throws IOException {
    assertThat(page())
        .contains(
            "`power smoke --suites %d --seed %d`".formatted(SuitePower.SUITES, SuitePower.SEED))
        .contains(
            new PowerPage(
                    "smoke", HYPOTHESES, AssumedRow.read(ASSUMED, "smoke").values(), List.of())
                .assumptions());
  }

  @Test
  void each_claim_is_on_the_page_and_verdicts_that_it_calls_certain_are_given() throws IOException {
    SimulatedSuite suite = new SimulatedSuite(SMOKE, AssumedRow.read(ASSUMED, "smoke"));
    List<Finding> findings =
        SuiteRuns.of("smoke", suite.draw(0, new SplittableRandom(7))).findings(HYPOTHESES);
    assertThat(findings).hasSizeGreaterThan(30);
    for (Finding finding : findings) {
      Matcher line =
          Pattern.compile(
                  "\\| %s \\| %s \\| %s \\| [^|]+ \\| [^|]+ \\| (\\S+) \\| (\\S+) \\| \\S+ \\|"
                      .formatted(
                          finding.hypothesis(),
                          Pattern.quote(HYPOTHESES.terms(finding.hypothesis()).orElseThrow()),
                          finding.configuration()))
              .matcher(page());
      assertThat(line.find()).as(finding.key()).isTrue();
      if (line.group(1).equals("100.0")) {
        assertThat(finding.verdict()).as(finding.sentence()).isEqualTo(Verdict.SUPPORTED);
      }
      if (line.group(2).equals("100.0")) {
        assertThat(finding.verdict()).as(finding.sentence()).isEqualTo(Verdict.REFUTED);
      }
    }
  }

  @Test
  void what_is_out_of_reach_is_listed() throws IOException {
    String[] parts = page().split("## Out of reach");
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
}
