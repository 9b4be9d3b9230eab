package io.buckbench.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.eval.AnswerSheets;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
  private static final String HEADER =
      "id,claim,suites,subject,reference,metric,by,margin,min_effect,sentence,declared,source\n";

  @TempDir Path dir;

  private List<Finding> judge(List<RunRecord> runs, String... rows) throws IOException {
    Path file = dir.resolve("hypotheses.csv");
    Files.writeString(file, HEADER + String.join("\n", rows) + "\n");
    return Findings.judge(Hypotheses.read(file), runs);
  }

  private static String row(
      String claim, String subject, String reference, String metric, String by, String margin) {
    return String.join(
        ",",
        "h",
        claim,
        "smoke",
        subject,
        reference,
        metric,
        by,
        margin,
        "2",
        "It holds",
        "2026-11-23,ours");
  }

  private static List<RunRecord> runs(List<RunRecord> first, List<RunRecord> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  @Test
  void a_clear_win_over_always_yes_is_supported_with_its_numbers() throws IOException {
    List<Finding> findings =
        judge(
            RunFixtures.row("lora_8", 330, 170),
            row("beats", "method=lora", "@all-yes", "accuracy", "", "10"));
    Finding finding = findings.get(0);
    assertThat(findings).hasSize(1);
    assertThat(finding.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(finding.configuration()).isEqualTo("lora_8");
    assertThat(finding.estimate()).isCloseTo(100 * (500 - 372) / 600.0, within(1e-9));
    assertThat(finding.low()).isBetween(10.0, finding.estimate());
    assertThat(finding.high()).isBetween(finding.estimate(), 35.0);
    assertThat(finding.pValue()).isLessThan(1e-5);
    assertThat(finding.statistic()).isEqualTo("accuracy difference to always yes, points");
    assertThat(finding.power())
        .isEqualTo(
            "what 3 seeds and 600 test items would miss cannot be estimated: the seeds do not"
                + " differ");
    assertThat(finding.sentence())
        .startsWith(
            "It holds: supported for lora_8; accuracy difference to always yes, points: 21.33");
    assertThat(Findings.ofConfiguration(findings, "smoke", "lora_8")).containsExactly(finding);
    assertThat(Findings.ofConfiguration(findings, "smoke", "lora_4")).isEmpty();
  }

  @Test
  void runs_on_the_validation_split_are_ignored() throws IOException {
    List<RunRecord> chosenOn =
        RunFixtures.row("lora_8", 330, 170).stream()
            .map(run -> RunCopy.of(run).declared("split", "validation").record())
            .toList();
    List<RunRecord> both = runs(chosenOn, RunFixtures.row("lora_4", 372, 0));
    List<Finding> findings =
        judge(both, row("beats", "method=lora", "@all-yes", "accuracy", "", "10"));
    assertThat(findings).extracting(Finding::configuration).containsExactly("lora_4");
    assertThat(SuiteRuns.of("smoke", both).findings(Hypotheses.read(dir.resolve("hypotheses.csv"))))
        .as("judged on the records of one suite")
        .isEqualTo(findings);
    assertThat(judge(chosenOn, row("beats", "method=lora", "@all-yes", "accuracy", "", "10")))
        .extracting(Finding::verdict)
        .containsExactly(Verdict.NOT_RUN);
  }

  @Test
  void three_collapsed_seeds_do_not_show_that_no_seed_learns() throws IOException {
    Finding finding =
        judge(
                RunFixtures.row("lora_8", 372, 0),
                row("beats", "method=lora", "@all-yes", "accuracy", "", "0"))
            .get(0);
    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.sentence())
        .contains("3 of 3 runs of lora_8 collapsed to one answer")
        .contains("lora_8: 0 of 3 seeds learned, but up to 71 % of seeds may")
        .containsPattern("about \\d\\d seeds a row would decide it")
        .contains("if the true value is the 0.00 points seen");
    assertThat(finding.power()).endsWith("would miss cannot be estimated: no seed learned");
  }

  @Test
  void a_training_that_collapsed_in_another_row_may_collapse_here_too() throws IOException {
    List<RunRecord> good = RunFixtures.row("lora_8", 340, 150);
    String claim = row("beats", "configuration=lora_8", "@all-yes", "accuracy", "", "10");
    assertThat(judge(good, claim).get(0).verdict()).isEqualTo(Verdict.SUPPORTED);
    List<RunRecord> collapsed =
        RunFixtures.row("lora_2", 372, 0).stream()
            .map(run -> RunCopy.of(run).declared("split", "validation").record())
            .toList();
    Finding prone = judge(runs(good, collapsed), claim).get(0);
    assertThat(prone.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(prone.sentence())
        .contains("3 of 3 seeds learned, but up to 71 % of seeds may still collapse");
  }

  @Test
  void one_seed_or_two_give_no_verdict_on_a_training() throws IOException {
    List<RunRecord> runs = RunFixtures.row("lora_8", 340, 180);
    String claim = row("beats", "method=lora", "@all-yes", "accuracy", "", "0");
    Finding one = judge(runs.subList(0, 1), claim).get(0);
    assertThat(one.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(one.pValue()).isNaN();
    assertThat(one.sentence())
        .contains("one seed is a verdict on this run only, 3 are needed")
        .contains("the number of seeds that would decide it cannot be estimated");
    Finding two = judge(runs.subList(0, 2), claim).get(0);
    assertThat(two.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(two.sentence()).contains("two seeds cannot show that seeds agree");
    Finding untrained =
        judge(
                RunFixtures.row("none", 100, 20).subList(0, 1),
                row("beats", "method=none", "@all-yes", "accuracy", "", "0"))
            .get(0);
    assertThat(untrained.verdict()).as("nothing is trained").isEqualTo(Verdict.REFUTED);
  }

  @Test
  void one_seed_far_better_and_one_far_worse_are_no_agreement() throws IOException {
    List<RunRecord> runs = new ArrayList<>(RunFixtures.row("full", 330, 120));
    runs.add(RunFixtures.run("lora_8", 1, RunFixtures.answers(360, 180)));
    runs.add(RunFixtures.run("lora_8", 2, RunFixtures.answers(290, 70)));
    runs.add(RunFixtures.run("lora_8", 3, RunFixtures.answers(330, 120)));
    for (String claim : List.of("stays-near", "beats")) {
      Finding finding =
          judge(runs, row(claim, "method=lora", "method=full", "accuracy", "", "5")).get(0);
      assertThat(finding.estimate()).isCloseTo(0, within(1e-9));
      assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }
  }

  @Test
  void a_refutation_says_what_it_refutes_and_has_its_own_p_value() throws IOException {
    Finding finding =
        judge(
                runs(RunFixtures.row("full", 340, 180), RunFixtures.row("lora_8", 340, 179)),
                row("beats", "method=lora", "method=full", "accuracy", "", "0"))
            .get(0);
    assertThat(finding.verdict()).isEqualTo(Verdict.REFUTED);
    assertThat(finding.sentence())
        .containsPattern("refuted for lora_8, at most 0\\.\\d\\d points better, 2 would count;")
        .contains("for the refutation after Holm");
    assertThat(finding.pValue()).isLessThan(0.05);
  }

  @Test
  void five_seeds_a_side_give_the_probability_that_one_outperforms_the_other() throws IOException {
    List<RunRecord> runs = new ArrayList<>();
    for (long seed = 1; seed <= 5; seed++) {
      runs.add(RunFixtures.run("full", seed, RunFixtures.answers(320 + (int) seed, 120)));
      runs.add(RunFixtures.run("lora_8", seed, RunFixtures.answers(350 + (int) seed, 160)));
    }
    String claim = row("beats", "method=lora", "method=full", "accuracy", "", "0");
    assertThat(judge(runs, claim).get(0).sentence())
        .contains("a seed of lora_8 scores higher than one of full with probability 1.00 (0.64 to");
    assertThat(judge(runs.subList(0, 8), claim).get(0).sentence()).doesNotContain("probability");
  }

  @Test
  void a_small_advantage_is_inconclusive() throws IOException {
    Finding finding =
        judge(
                RunFixtures.row("lora_8", 300, 84),
                row("beats", "method=lora", "@all-yes", "accuracy", "", "0"))
            .get(0);
    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void a_claim_among_many_is_corrected_for_their_number() throws IOException {
    // Its test is significant alone, but not as one of 21.
    List<RunRecord> runs = new ArrayList<>();
    runs.addAll(RunFixtures.row("lora_8", 360, 48));
    runs.addAll(RunFixtures.row("ia3", 300, 72));
    String strong = row("beats", "method=lora", "@all-yes", "accuracy", "", "0");
    Finding alone = judge(runs, strong).get(0);
    List<String> rows = new ArrayList<>(List.of(strong));
    for (int i = 0; i < 20; i++) {
      rows.add(
          row("beats", "method=ia3", "@all-yes", "accuracy", "", "0").replaceFirst("^h", "h" + i));
    }
    Finding among = judge(runs, rows.toArray(String[]::new)).get(0);
    assertThat(alone.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(among.pValue()).isGreaterThan(alone.pValue());
    assertThat(among.pValue()).isCloseTo(Math.min(1, 21 * alone.pValue()), within(1e-9));
  }

  @Test
  void none_beats_is_refuted_by_a_single_row_that_beats_its_reference() throws IOException {
    String claim = row("none-beats", "configuration=lora_*", "@all-yes", "accuracy", "", "0");
    List<RunRecord> flat =
        runs(RunFixtures.row("lora_2", 260, 20), RunFixtures.row("lora_4", 250, 30));
    assertThat(judge(flat, claim).get(0).verdict()).isEqualTo(Verdict.SUPPORTED);
    Finding refuted = judge(runs(flat, RunFixtures.row("lora_8", 340, 150)), claim).get(0);
    assertThat(refuted.verdict()).isEqualTo(Verdict.REFUTED);
    assertThat(refuted.sentence())
        .contains("of 3 rows lora_8 comes nearest")
        .contains("refuted, lora_8 is at least ", " points better, at most 0 was claimed");
  }

  @Test
  void the_interval_of_a_share_has_a_width_at_0_and_100_percent() throws IOException {
    List<RunRecord> clean = RunFixtures.row("lora_8", 330, 170);
    Finding only = judge(clean, row("at-least", "method=lora", "", "parse-rate", "", "98")).get(0);
    assertThat(only.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(only.estimate()).isEqualTo(100);
    assertThat(only.low()).isLessThan(99.9);
    assertThat(only.pValue())
        .as("0.98^600, doubled")
        .isCloseTo(2 * Math.pow(0.98, 600), within(1e-9));

    List<RunRecord> untouched =
        List.of(
            RunFixtures.run("none", 1, AnswerSheets.of(AnswerSheets.counts(1, 0, 371, 0, 0, 228))));
    assertThat(judge(untouched, row("at-most", "method=none", "", "parse-rate", "", "5")))
        .extracting(Finding::verdict)
        .containsExactly(Verdict.SUPPORTED);
    assertThat(judge(untouched, row("at-least", "method=none", "", "parse-rate", "", "98")))
        .extracting(Finding::verdict)
        .containsExactly(Verdict.REFUTED);
  }

  @Test
  void none_above_judges_the_likelihoods_of_collapsed_rows_too() throws IOException {
    String claim = row("none-above", "configuration=lora_*", "", "likelihood-area", "", "50");
    assertThat(judge(RunFixtures.row("lora_8", 330, 170), claim).get(0).verdict())
        .isEqualTo(Verdict.REFUTED);
    assertThat(judge(RunFixtures.row("lora_8", 372, 0), claim).get(0).verdict())
        .as("other seeds may learn")
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judge(RunFixtures.row("lora_8", 200, 60), claim).get(0).verdict())
        .isEqualTo(Verdict.SUPPORTED);
  }

  @Test
  void stays_near_needs_the_whole_90_percent_interval_within_the_margin() throws IOException {
    List<RunRecord> base = RunFixtures.row("none", 330, 60);
    String claim = row("stays-near", "method=ptune", "method=none", "accuracy", "", "3");
    assertThat(judge(runs(base, RunFixtures.row("ptune", 331, 60)), claim).get(0).verdict())
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(judge(runs(base, RunFixtures.row("ptune", 330, 170)), claim).get(0).verdict())
        .isEqualTo(Verdict.REFUTED);
    assertThat(judge(runs(base, RunFixtures.row("ptune", 310, 70)), claim).get(0).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void every_family_needs_a_row_that_beats_the_reference() throws IOException {
    List<RunRecord> full = RunFixtures.row("full", 300, 100);
    List<RunRecord> lora =
        runs(RunFixtures.row("lora_2", 280, 90), RunFixtures.row("lora_8", 350, 190));
    String claim =
        row("best-of-family-beats", "method!=full", "method=full", "accuracy", "method", "0");
    Finding one = judge(runs(full, lora), claim).get(0);
    assertThat(one.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(one.sentence()).contains("best of 2 lora rows");
    Finding two = judge(runs(runs(full, lora), RunFixtures.row("ia3", 240, 60)), claim).get(0);
    assertThat(two.verdict()).isEqualTo(Verdict.REFUTED);
    assertThat(two.sentence()).contains("of 2 families the weakest is shown, by ia3");
  }

  @Test
  void an_increase_is_the_gain_for_each_doubling() throws IOException {
    List<RunRecord> runs =
        runs(
            runs(RunFixtures.row("lora_2", 300, 60), RunFixtures.row("lora_4", 310, 80)),
            RunFixtures.row("lora_8", 320, 100));
    for (String by : List.of("rank", "trainable-parameters")) {
      Finding finding =
          judge(runs, row("increases-with", "method=lora", "", "accuracy", by, "0")).get(0);
      assertThat(finding.estimate()).isCloseTo(5, within(1e-9));
      assertThat(finding.verdict()).isEqualTo(Verdict.SUPPORTED);
      assertThat(finding.sentence()).contains("lora_2 60.00, lora_4 65.00, lora_8 70.00");
    }
    Finding bent =
        judge(
                runs(runs, RunFixtures.row("lora_16", 300, 90)),
                row("increases-with", "method=lora", "", "accuracy", "rank", "0"))
            .get(0);
    assertThat(bent.sentence()).contains("(not monotone)");
  }

  @Test
  void families_can_be_compared_by_their_mean_losses() throws IOException {
    List<RunRecord> runs = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      double[] low = RunFixtures.losses(seed);
      double[] high = Arrays.stream(low).map(l -> l + 0.5).toArray();
      for (String id : List.of("lora_2", "lora_4")) {
        runs.add(run(id + "_small", seed, low));
        runs.add(run(id + "_large", seed, high));
      }
    }
    Finding finding =
        judge(
                runs,
                row(
                    "mean-beats",
                    "configuration=*_large",
                    "configuration=*_small",
                    "final-loss",
                    "",
                    "0"))
            .get(0);
    assertThat(finding.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(finding.estimate()).isCloseTo(0.5, within(1e-9));
    assertThat(finding.statistic()).endsWith("nats");
    assertThat(finding.power()).startsWith("with 3 seeds a difference under 0.00").contains("nats");
  }

  @Test
  void losses_of_a_row_that_may_collapse_have_no_interval_and_no_verdict() throws IOException {
    List<RunRecord> runs = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      double[] low = RunFixtures.losses(seed);
      runs.add(run("lora_2_small", seed, low));
      runs.add(run("lora_2_large", seed, Arrays.stream(low).map(l -> l + 0.5).toArray()));
    }
    runs.add(
        RunFixtures.run(
            "lora_4_large",
            1,
            RunStatus.COMPLETED,
            RunFixtures.answers(372, 0),
            RunFixtures.losses(1),
            RunFixtures.PROVENANCE));
    Finding finding =
        judge(
                runs,
                row(
                    "mean-beats",
                    "configuration=lora_2_large",
                    "configuration=lora_2_small",
                    "final-loss",
                    "",
                    "0"))
            .get(0);
    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.estimate()).isCloseTo(0.5, within(1e-9));
    assertThat(finding.low()).isNaN();
    assertThat(finding.high()).isNaN();
    assertThat(finding.sentence())
        .contains("there is no interval for losses of a row that may collapse");
  }

  private static RunRecord run(String id, long seed, double[] losses) {
    return RunFixtures.run(
        id,
        seed,
        RunStatus.COMPLETED,
        RunFixtures.answers(330, 170),
        losses,
        RunFixtures.PROVENANCE);
  }

  @Test
  void rows_that_were_not_run_are_reported_as_not_run() throws IOException {
    List<RunRecord> runs = RunFixtures.row("lora_8", 330, 170);
    Finding subject =
        judge(runs, row("beats", "method=ia3", "@all-yes", "accuracy", "", "0")).get(0);
    assertThat(subject.verdict()).isEqualTo(Verdict.NOT_RUN);
    assertThat(subject.sentence()).contains("no row that was run matches 'method=ia3'");
    assertThat(subject.estimate()).isNaN();
    Finding reference =
        judge(runs, row("beats", "method=lora", "method=full", "accuracy", "", "0")).get(0);
    assertThat(reference.verdict()).isEqualTo(Verdict.NOT_RUN);
    assertThat(reference.sentence()).contains("no row that was run can be compared with");
    Finding suite =
        judge(List.of(), row("beats", "method=lora", "@all-yes", "accuracy", "", "0")).get(0);
    assertThat(suite.sentence()).contains("suite smoke was not run");
  }

  @Test
  void a_failed_run_counts_as_wrong_but_does_not_decide_the_verdict() throws IOException {
    List<RunRecord> full = new ArrayList<>(RunFixtures.row("full", 330, 170));
    full.set(
        0,
        RunFixtures.run(
            "full", 1, RunStatus.FAILED, List.of(), new double[0], RunFixtures.PROVENANCE));
    full.set(
        1,
        RunFixtures.run(
            "full", 2, RunStatus.FAILED, List.of(), new double[0], RunFixtures.PROVENANCE));
    List<RunRecord> runs = runs(full, RunFixtures.row("lora_8", 330, 168));
    Finding finding =
        judge(runs, row("mean-beats", "method=lora", "method=full", "balanced-accuracy", "", "0"))
            .get(0);
    assertThat(finding.estimate()).as("failed runs count as wrong").isGreaterThan(30);
    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.sentence()).contains("2 of 3 runs of full failed");
  }

  @Test
  void a_misspelled_column_is_refused() {
    assertThatThrownBy(
            () ->
                judge(
                    RunFixtures.row("lora_8", 330, 170),
                    row("beats", "metod=lora", "@all-yes", "accuracy", "", "0")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("hypotheses.csv:2")
        .hasMessageContaining("found column metod");
  }

  @Test
  void a_trial_that_occurs_twice_is_refused() {
    List<RunRecord> runs = RunFixtures.row("lora_8", 330, 170);
    assertThatThrownBy(
            () ->
                judge(
                    runs(runs, runs), row("beats", "method=lora", "@all-yes", "accuracy", "", "0")))
        .hasMessageContaining("lora_8 seed 1 twice");
  }

  @Test
  void all_problems_of_the_file_are_reported_at_once() {
    assertThatThrownBy(
            () ->
                judge(
                    List.of(),
                    row("beets", "method=lora", "@all-yes", "acuracy", "", "ten"),
                    row("beats", "method", "", "accuracy", "", "0")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("did you mean beats?")
        .hasMessageContaining("did you mean accuracy?")
        .hasMessageContaining("'ten'")
        .hasMessageContaining("hypotheses.csv:3 column subject: found 'method'")
        .hasMessageContaining("hypotheses.csv:3 column reference")
        .hasMessageContaining("'h' again");
  }

  @Test
  void the_shipped_file_has_all_ten_claims_of_the_paper_and_ours() {
    Hypotheses hypotheses = Hypotheses.read(Path.of("benchmarks/hypotheses.csv"));
    for (int claim = 1; claim <= 10; claim++) {
      String source = "paper, claim " + claim + " (2026-11-23)";
      assertThat(hypotheses.ids())
          .anyMatch(id -> hypotheses.source(id).orElseThrow().equals(source));
    }
    assertThat(hypotheses.ids())
        .contains("adapter-beats-all-yes", "shuffled-stays-low")
        .as("superseded")
        .doesNotContain("peft-beats-all-yes", "shuffled-knows-nothing");
    List<Finding> findings = Findings.judge(hypotheses, List.of());
    assertThat(findings).extracting(Finding::verdict).containsOnly(Verdict.NOT_RUN);
    assertThat(findings).extracting(Finding::hypothesis).containsAll(hypotheses.ids());
  }
}
