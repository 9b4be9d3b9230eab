package io.buckbench.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.golden.SuiteResults;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims about side effects and costs, and hypotheses that others supersede. */
class SideEffectFindingsTest {
  private static final String HEADER =
      "id,claim,suites,subject,reference,metric,by,margin,min_effect,sentence,declared,source,"
          + "supersedes\n";

  @TempDir Path dir;

  private Hypotheses hypotheses(String... rows) throws IOException {
    Path file = dir.resolve("hypotheses.csv");
    Files.writeString(file, HEADER + String.join("\n", rows) + "\n");
    return Hypotheses.read(file);
  }

  private static String row(String id, String claim, String metric, String margin, String more) {
    String reference = claim.equals("mean-beats") ? "method=full" : "";
    return String.join(
        ",",
        id,
        claim,
        "smoke",
        "method=lora",
        reference,
        metric,
        "",
        margin,
        "0,It holds,2026-11-26,ours",
        more);
  }

  private static List<RunRecord> runs(String id, double... ratios) {
    List<RunRecord> runs = new ArrayList<>();
    for (int s = 0; s < ratios.length; s++) {
      runs.add(
          RunCopy.of(RunFixtures.run(id, s + 1, RunFixtures.answers(330, 170)))
              .sideEffects(new SideEffects(2, 2 * ratios[s], 10 + s, Double.NaN, 8000, 1_000_000))
              .record());
    }
    return runs;
  }

  @Test
  void a_claim_on_perplexity_has_an_interval_from_the_spread_over_seeds() throws IOException {
    Finding finding =
        hypotheses(row("h", "at-most", "perplexity-ratio", "1.5", ""))
            .judge("smoke", runs("lora_8", 1.2, 1.3, 1.25))
            .get(0);
    assertThat(finding.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(finding.estimate()).isCloseTo(1.25, within(1e-9));
    // Student's t with 2 degrees of freedom, 4.3027, times 0.05 / sqrt(3).
    assertThat(finding.high()).isCloseTo(1.25 + 0.124208, within(1e-5));
    assertThat(finding.statistic()).isEqualTo("perplexity after / before, times");
    assertThat(finding.repeats()).isTrue();
  }

  @Test
  void rows_are_compared_by_what_they_forgot() throws IOException {
    List<RunRecord> all = new ArrayList<>(runs("lora_8", 3.1, 3.2, 3.3));
    all.addAll(runs("full", 1.2, 1.3, 1.25));
    Finding finding =
        hypotheses(row("h", "mean-beats", "perplexity-ratio", "1", "")).judge("smoke", all).get(0);
    assertThat(finding.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(finding.estimate()).isCloseTo(1.95, within(1e-9));
  }

  @Test
  void without_a_spread_there_is_no_verdict_and_the_finding_says_why() throws IOException {
    Finding bytes =
        hypotheses(row("h", "at-most", "adapter-bytes", "9000", ""))
            .judge("smoke", runs("lora_8", 1.2, 1.3, 1.25))
            .get(0);
    assertThat(bytes.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(bytes.sentence())
        .contains("adapter bytes, bytes: 8000 (no interval)", "since the seeds do not differ");
    Finding one =
        hypotheses(row("h", "at-most", "answer-ms", "90", ""))
            .judge("smoke", runs("lora_8", 1.2))
            .get(0);
    assertThat(one.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(one.sentence()).contains("one seed is a verdict on this run only");
    assertThat(
            hypotheses(row("h", "at-most", "merged-answer-ms", "90", ""))
                .judge("smoke", runs("lora_8", 1.2, 1.3, 1.25))
                .get(0)
                .verdict())
        .as("not measured")
        .isEqualTo(Verdict.NOT_RUN);
  }

  @Test
  void verdicts_on_times_memory_and_dollars_are_never_accepted() throws IOException {
    List<RunRecord> runs = runs("lora_8", 1.2, 1.3, 1.25);
    List<Finding> findings =
        hypotheses(
                row("forgets", "at-most", "perplexity-ratio", "1.5", ""),
                row("slow", "at-most", "answer-ms", "90", ""),
                row("large", "at-most", "peak-bytes", "9", ""),
                row("long", "at-most", "train-seconds", "9", ""),
                row("costly", "at-most", "measured-usd", "9", ""))
            .judge("smoke", runs);
    assertThat(findings)
        .extracting(Finding::repeats)
        .containsExactly(true, false, false, false, false);
    assertThat(findings.get(1).verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(SuiteResults.of(runs, findings).verdicts()).containsOnlyKeys("forgets/lora_8");
  }

  @Test
  void a_superseded_hypothesis_is_not_judged() throws IOException {
    String first = row("first", "at-most", "perplexity-ratio", "1.1", "");
    Hypotheses hypotheses =
        hypotheses(first, row("second", "at-most", "perplexity-ratio", "1.5", "first"));
    assertThat(hypotheses.ids()).containsExactly("second");
    assertThat(Hypotheses.rows(dir.resolve("hypotheses.csv")))
        .extracting(line -> line.text("id"))
        .containsExactly("second");
    assertThatThrownBy(
            () -> hypotheses(row("second", "at-most", "parse-rate", "1", "frist"), first))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("hypotheses.csv:2 column supersedes: found 'frist'");
  }
}
