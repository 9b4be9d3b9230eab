package io.buckbench.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.eval.AnswerSheets;
import io.buckbench.eval.Prediction;
import io.buckbench.findings.Finding;
import io.buckbench.findings.RunFixtures;
import io.buckbench.findings.Verdict;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenDiffTest {
  private static final Provenance ONE_THREAD =
      new Provenance(
          "2026-11-24T12:00:00Z",
          "fedcba",
          false,
          "run suite",
          "cpu-x86_64-avx512-t1",
          "a processor",
          "float32",
          1,
          1,
          Map.of("pytorch", "2.5.1"),
          Map.of(),
          RunFixtures.PROVENANCE.sha256());

  private static List<RunRecord> lora(int rightOnYes, int rightOnNo) {
    return RunFixtures.row("lora_8", rightOnYes, rightOnNo);
  }

  private static SuiteResults results(List<RunRecord> runs) {
    return SuiteResults.of(runs, List.of());
  }

  private static List<RunRecord> with(List<RunRecord> runs, Provenance provenance) {
    return runs.stream()
        .map(
            r ->
                RunFixtures.run(
                    r.configuration(),
                    r.seed(),
                    r.status(),
                    r.predictions(),
                    RunFixtures.losses(r.seed()),
                    provenance))
        .toList();
  }

  /** Changes the answers to some items to the other word. */
  private static List<Prediction> turned(List<Prediction> answers, int... rows) {
    List<Prediction> turned = new ArrayList<>(answers);
    for (int row : rows) {
      Prediction p = answers.get(row);
      String other = p.generated().equals("yes") ? "no" : "yes";
      turned.set(row, AnswerSheets.row(row, p.wanted() == 0, other));
    }
    return turned;
  }

  @Property(tries = 25)
  void results_are_the_same_as_themselves(
      @ForAll @IntRange(min = 1, max = 4) int seeds,
      @ForAll @IntRange(min = 1, max = 80) int rows,
      @ForAll @DoubleRange(min = 0, max = 1) double chanceRight,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<RunRecord> runs = new ArrayList<>();
    for (long s = 1; s <= seeds; s++) {
      runs.add(RunFixtures.run("lora_8", s, AnswerSheets.random(rows, chanceRight, random)));
    }
    SuiteResults results = results(runs);
    GoldenDiff diff = GoldenDiff.compare(results, results);
    assertThat(diff.rows()).extracting(RowDiff::outcome).containsExactly(RowOutcome.SAME);
    assertThat(diff.breaksPromise()).isFalse();
    assertThat(diff.rows().get(0).flips()).isEmpty();
    assertThat(diff.rows().get(0).differences()).isEmpty();

    SuiteResults elsewhere = results(with(runs, ONE_THREAD));
    assertThat(GoldenDiff.compare(results, elsewhere).row("lora_8").outcome())
        .isEqualTo(RowOutcome.SAME);
  }

  @Property(tries = 25)
  void swapping_the_sides_turns_regressed_into_improved(
      @ForAll @IntRange(min = 40, max = 160) int fall, @ForAll @IntRange(min = 0, max = 1) int t) {
    SuiteResults better = results(lora(340, 180));
    SuiteResults worse =
        results(t == 0 ? lora(340, 180 - fall) : with(lora(340, 180 - fall), ONE_THREAD));
    RowDiff down = GoldenDiff.compare(better, worse).row("lora_8");
    RowDiff up = GoldenDiff.compare(worse, better).row("lora_8");
    assertThat(down.outcome()).isEqualTo(t == 0 ? RowOutcome.REGRESSED : RowOutcome.SUSPECTED);
    assertThat(up.outcome()).isEqualTo(t == 0 ? RowOutcome.IMPROVED : RowOutcome.SUSPECTED);
    assertThat(down.pValue()).isCloseTo(up.pValue(), within(1e-12));
    assertThat(down.changePoints().estimate())
        .isCloseTo(-up.changePoints().estimate(), within(1e-9));
  }

  @Test
  void a_regression_is_reported_with_its_size_differences_and_the_margin() {
    List<RunRecord> worse = new ArrayList<>();
    for (RunRecord run : lora(300, 120)) {
      double[] losses = RunFixtures.losses(run.seed());
      for (int i = 4; i < losses.length; i++) {
        losses[i] += 0.25;
      }
      worse.add(
          RunFixtures.run(
              "lora_8",
              run.seed(),
              RunStatus.COMPLETED,
              run.predictions(),
              losses,
              RunFixtures.PROVENANCE));
    }
    GoldenDiff diff = GoldenDiff.compare(results(lora(340, 180)), results(worse));
    RowDiff row = diff.row("lora_8");
    assertThat(diff.exact()).isTrue();
    assertThat(diff.breaksPromise()).isTrue();
    assertThat(row.outcome()).isEqualTo(RowOutcome.REGRESSED);
    assertThat(row.changePoints().estimate()).isCloseTo(100 * (420 - 520) / 600.0, within(1e-9));
    assertThat(row.detectablePoints()).isBetween(1.0, 10.0);
    assertThat(row.flips()).hasSizeBetween(100, 110);
    assertThat(row.differences())
        .contains("seed 1: losses differ by step 8 (1.126 -> 1.376)", "seed 1: answers differ");
    assertThat(row.sentence())
        .startsWith("lora_8: REGRESSED, and not bit-equal as this device class promises;")
        .contains("accuracy 86.67 -> 70.00", "change -16.67 points", "allowed 1.00", "p = ")
        .contains("with 3 seeds and 600 test items a drop under");
    assertThat(GoldenText.of(diff))
        .startsWith("smoke, exact: the same device class and libraries promise equal bits\n")
        .contains("NOT AS ACCEPTED\n! lora_8: REGRESSED")
        .contains(" more test items\n");
  }

  @Test
  void other_bits_break_the_promise_only_within_a_device_class() {
    List<RunRecord> golden = lora(340, 180);
    List<RunRecord> moved = new ArrayList<>(golden);
    RunRecord first = golden.get(0);
    moved.set(0, RunFixtures.run("lora_8", 1, turned(first.predictions(), 3, 4)));

    RowDiff here = GoldenDiff.compare(results(golden), results(moved)).row("lora_8");
    assertThat(here.outcome()).isEqualTo(RowOutcome.SAME);
    assertThat(here.breaksPromise()).isTrue();
    assertThat(here.sentence()).contains("not bit-equal");
    assertThat(here.flips())
        .containsExactly(
            new Flip("row-3", "y", "yyy", "nyy"), new Flip("row-4", "y", "yyy", "nyy"));

    GoldenDiff there = GoldenDiff.compare(results(golden), results(with(moved, ONE_THREAD)));
    assertThat(there.exact()).isFalse();
    assertThat(there.basis()).contains("threads 2 -> 1", "bits may differ");
    assertThat(there.row("lora_8").outcome()).isEqualTo(RowOutcome.SAME);
    assertThat(there.breaksPromise()).as("a change of thread count is no regression").isFalse();
  }

  @Test
  void another_library_version_does_not_promise_equal_bits() {
    Provenance newer =
        new Provenance(
            "",
            "fedcba",
            false,
            "run suite",
            RunFixtures.PROVENANCE.deviceClass(),
            "a processor",
            "float32",
            2,
            1,
            Map.of("PyTorch", "2.7.1"),
            Map.of(),
            RunFixtures.PROVENANCE.sha256());
    GoldenDiff diff =
        GoldenDiff.compare(results(lora(340, 180)), results(with(lora(341, 180), newer)));
    assertThat(diff.exact()).isFalse();
    assertThat(diff.basis()).contains("pytorch 2.5.1 -> 2.7.1");
    assertThat(diff.breaksPromise()).isFalse();
  }

  @Test
  void changed_inputs_are_reported() {
    Provenance other =
        new Provenance(
            "",
            "fedcba",
            false,
            "run suite",
            RunFixtures.PROVENANCE.deviceClass(),
            "a processor",
            "float32",
            2,
            1,
            Map.of("pytorch", "2.5.1"),
            Map.of(),
            Map.of("model", "aa", "data", "cc"));
    RowDiff row =
        GoldenDiff.compare(results(lora(340, 180)), results(with(lora(300, 120), other)))
            .row("lora_8");
    assertThat(row.outcome()).isEqualTo(RowOutcome.REGRESSED);
    assertThat(row.differences())
        .contains("input data bb -> cc")
        .noneMatch(m -> m.contains("model"));
  }

  @Test
  void a_changed_setting_is_reported_with_both_values_instead_of_digests() {
    Map<String, String> inputs = Map.of("row", "0123456789abcdef", "method", "aaaaaaaaaaaa");
    Map<String, String> other = Map.of("row", "fedcba9876543210", "method", "bbbbbbbbbbbb");
    RowDiff row =
        GoldenDiff.compare(
                results(declared(lora(340, 180), inputs, "learning_rate", "3e-3")),
                results(declared(lora(300, 120), other, "learning_rate", "3e-2")))
            .row("lora_8");
    assertThat(row.differences())
        .startsWith("declared learning_rate 3e-3 -> 3e-2", "input method aaaaaaaa -> bbbbbbbb")
        .noneMatch(m -> m.startsWith("input row"));
    assertThat(row.sentence()).contains("differences: declared learning_rate 3e-3 -> 3e-2, input");

    RowDiff added =
        GoldenDiff.compare(
                results(declared(lora(340, 180), inputs, "split", "")),
                results(declared(lora(340, 180), inputs, "split", "validation")))
            .row("lora_8");
    assertThat(added.differences()).containsExactly("declared split nothing -> validation");
    RowDiff note =
        GoldenDiff.compare(
                results(declared(lora(340, 180), inputs, "note", "as it was")),
                results(declared(lora(340, 180), inputs, "note", "reworded")))
            .row("lora_8");
    assertThat(note.differences()).as("a note does not affect results").isEmpty();
  }

  private static List<RunRecord> declared(
      List<RunRecord> runs, Map<String, String> sha256, String column, String value) {
    return runs.stream()
        .map(r -> RunCopy.of(r).inputs(sha256).declared(column, value).record())
        .toList();
  }

  @Test
  void a_trial_is_compared_with_the_accepted_one_of_its_seed_in_any_order() {
    List<RunRecord> golden = lora(340, 180);
    List<RunRecord> fresh = List.of(golden.get(2), golden.get(0));
    GoldenDiff whole = GoldenDiff.compare(results(golden), results(fresh));
    assertThat(whole.row("lora_8").outcome()).isEqualTo(RowOutcome.SAME);
    assertThat(whole.row("lora_8").differences())
        .containsExactly("seed 2: accepted and not run now");
    assertThat(whole.row("lora_8").flips()).isEmpty();
    assertThat(whole.breaksPromise()).as("a trial is missing").isTrue();
    assertThat(GoldenText.of(whole))
        .contains("! lora_8: SAME, and accepted trials were not run; accuracy 86.67 -> 86.67;");
    GoldenDiff elsewhere = GoldenDiff.compare(results(golden), results(with(fresh, ONE_THREAD)));
    assertThat(elsewhere.breaksPromise()).as("on another machine too").isTrue();

    GoldenDiff added = GoldenDiff.compare(results(fresh), results(golden));
    assertThat(added.row("lora_8").differences())
        .containsExactly("seed 2: run now and never accepted");
    assertThat(added.breaksPromise()).isFalse();

    GoldenDiff disjoint =
        GoldenDiff.compare(results(golden.subList(0, 1)), results(golden.subList(1, 3)));
    assertThat(disjoint.row("lora_8").outcome()).isEqualTo(RowOutcome.MISSING);
    assertThat(disjoint.row("lora_8").sentence()).contains("no trial of an accepted seed");
    assertThat(disjoint.breaksPromise()).isTrue();
    GoldenDiff unasked =
        GoldenDiff.compareSelected(
            results(golden.subList(0, 1)), results(golden.subList(1, 3)), (row, seed) -> seed > 1);
    assertThat(unasked.row("lora_8").outcome()).isEqualTo(RowOutcome.NEW);
    assertThat(unasked.breaksPromise()).isFalse();
  }

  @Test
  void only_selected_trials_can_be_missing_from_a_selection() {
    List<RunRecord> golden = new ArrayList<>(lora(340, 180));
    golden.addAll(RunFixtures.row("ia3", 300, 100));
    SuiteResults accepted = SuiteResults.of(golden, List.of(finding("beats", Verdict.SUPPORTED)));
    SuiteResults one =
        SuiteResults.of(golden.subList(0, 1), List.of(finding("beats", Verdict.INCONCLUSIVE)));
    GoldenDiff first =
        GoldenDiff.compareSelected(accepted, one, (row, seed) -> row.equals("lora_8") && seed == 1);
    assertThat(first.breaksPromise()).isFalse();
    assertThat(first.rows()).extracting(RowDiff::outcome).containsExactly(RowOutcome.SAME);
    assertThat(first.row("lora_8").differences()).isEmpty();
    assertThat(first.verdicts()).isEmpty();
    assertThat(GoldenText.of(first))
        .contains("a selection: 1 of 6 accepted trials", "not compared", "as accepted, within")
        .contains("lora_8: SAME; accuracy 86.67 -> 86.67; equal to the last bit");

    GoldenDiff firstTwo = GoldenDiff.compareSelected(accepted, one, (row, seed) -> seed <= 2);
    assertThat(firstTwo.row("lora_8").differences())
        .containsExactly("seed 2: accepted and not run now");
    assertThat(firstTwo.row("ia3").outcome()).isEqualTo(RowOutcome.MISSING);
    assertThat(firstTwo.breaksPromise()).isTrue();
  }

  @Test
  void one_trial_on_another_machine_is_judged_by_the_spread_of_all_accepted_ones() {
    // The accepted trials differ by 15 points, so a trial 7 points below their mean is not unusual.
    List<RunRecord> golden =
        List.of(
            RunFixtures.run("lora_8", 1, RunFixtures.answers(340, 180)),
            RunFixtures.run("lora_8", 2, RunFixtures.answers(340, 90)),
            RunFixtures.run("lora_8", 3, RunFixtures.answers(340, 150)));
    List<RunRecord> fresh =
        with(List.of(RunFixtures.run("lora_8", 1, RunFixtures.answers(340, 100))), ONE_THREAD);
    RowDiff row =
        GoldenDiff.compareSelected(results(golden), results(fresh), (r, seed) -> seed == 1)
            .row("lora_8");
    assertThat(row.changePoints().estimate())
        .as("against the mean of all accepted trials")
        .isCloseTo(100 * (440 - 480) / 600.0, within(1e-9));
    assertThat(row.outcome()).isEqualTo(RowOutcome.INCONCLUSIVE);
    assertThat(row.breaksPromise()).isFalse();
    assertThat(row.sentence()).contains("with 1 seed and 600 test items a drop under");
  }

  /** Trials of a row that learned with the given numbers of right answers, seeds from the first. */
  private static List<RunRecord> trained(long firstSeed, Provenance provenance, int... right) {
    List<RunRecord> runs = new ArrayList<>();
    for (int s = 0; s < right.length; s++) {
      List<Prediction> answers =
          right[s] == 372 ? RunFixtures.answers(372, 0) : RunFixtures.answers(340, right[s] - 340);
      runs.add(RunFixtures.run("lora_8", firstSeed + s, answers));
    }
    return provenance == null ? runs : with(runs, provenance);
  }

  private static final int[] GOOD = {460, 462, 464, 461, 463, 460, 462, 464};
  private static final int[] WORSE = {440, 441, 439, 440, 442, 438, 440, 441};

  @Test
  void a_suspected_regression_is_confirmed_or_cleared_by_fresh_seeds() {
    SuiteResults golden = results(trained(1, null, GOOD));
    SuiteResults fresh = results(trained(1, ONE_THREAD, WORSE));
    GoldenDiff first = GoldenDiff.compare(golden, fresh);
    assertThat(first.row("lora_8").outcome()).isEqualTo(RowOutcome.SUSPECTED);
    assertThat(first.row("lora_8").sentence()).contains("to be confirmed with fresh seeds");
    assertThat(first.breaksPromise()).as("until it is cleared").isTrue();
    assertThat(first.suspected()).containsExactly("lora_8");
    assertThat(Confirmation.seeds(golden, fresh, "lora_8"))
        .containsExactly(9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L);

    SuiteResults again = results(trained(9, ONE_THREAD, WORSE));
    RowDiff confirmed =
        GoldenDiff.compare(golden, fresh, new Confirmation(again, Optional.empty(), ""))
            .row("lora_8");
    assertThat(confirmed.outcome()).isEqualTo(RowOutcome.REGRESSED);
    assertThat(confirmed.breaksPromise()).isTrue();
    assertThat(confirmed.sentence())
        .contains("seen first: change -3.65 points", "; confirmed on 8 fresh seeds: change -3.65");

    SuiteResults asBefore = results(trained(9, ONE_THREAD, GOOD));
    GoldenDiff cleared =
        GoldenDiff.compare(golden, fresh, new Confirmation(asBefore, Optional.empty(), ""));
    assertThat(cleared.row("lora_8").outcome()).isEqualTo(RowOutcome.SAME);
    assertThat(cleared.row("lora_8").sentence()).contains("; not confirmed on 8 fresh seeds: ");
    assertThat(cleared.breaksPromise()).isFalse();

    SuiteResults acceptedAgain = results(trained(9, ONE_THREAD, WORSE));
    RowDiff machine =
        GoldenDiff.compare(
                golden, fresh, new Confirmation(again, Optional.of(acceptedAgain), "trained here"))
            .row("lora_8");
    assertThat(machine.outcome())
        .as("the accepted commit scores the same here, so the machine made the difference")
        .isEqualTo(RowOutcome.SAME);
  }

  @Test
  void a_confirmation_needs_seeds_that_neither_side_has() {
    SuiteResults golden = results(trained(1, null, GOOD));
    SuiteResults fresh = results(trained(1, ONE_THREAD, WORSE));
    Confirmation old =
        new Confirmation(results(trained(8, ONE_THREAD, WORSE)), Optional.empty(), "");
    assertThatThrownBy(() -> GoldenDiff.compare(golden, fresh, old))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("seed 8, an accepted seed");
    SuiteResults rest = results(RunFixtures.row("ia3", 340, 180));
    GoldenDiff other =
        GoldenDiff.compare(golden, fresh, new Confirmation(rest, Optional.empty(), ""));
    assertThat(other.row("lora_8").outcome())
        .as("not trained again")
        .isEqualTo(RowOutcome.SUSPECTED);
  }

  @Test
  void seeds_that_swap_learning_and_collapse_are_not_the_same() {
    RowDiff swapped =
        GoldenDiff.compare(
                results(trained(1, null, 462, 372, 462)),
                results(trained(1, ONE_THREAD, 372, 462, 462)))
            .row("lora_8");
    assertThat(swapped.outcome()).isEqualTo(RowOutcome.INCONCLUSIVE);
    assertThat(swapped.sentence())
        .contains("seed 1 learned -> collapsed; seed 2 collapsed -> learned")
        .contains("2 of 3 seeds learned against 2 of 3 accepted", "no verdict, run more seeds");
  }

  @Test
  void a_row_that_stops_learning_is_found_by_the_number_of_seeds_that_learn() {
    int[] collapsed = {372, 372, 372, 372, 372, 372, 372, 372};
    RowDiff eight =
        GoldenDiff.compare(
                results(trained(1, null, GOOD)), results(trained(1, ONE_THREAD, collapsed)))
            .row("lora_8");
    assertThat(eight.outcome()).isEqualTo(RowOutcome.SUSPECTED);
    assertThat(eight.sentence()).contains("0 of 8 seeds learned against 8 of 8 accepted");
    RowDiff three =
        GoldenDiff.compare(
                results(trained(1, null, 460, 462, 464)),
                results(trained(1, ONE_THREAD, 372, 372, 372)))
            .row("lora_8");
    assertThat(three.outcome())
        .as("three seeds may all collapse by chance")
        .isEqualTo(RowOutcome.INCONCLUSIVE);
  }

  @Test
  void missing_and_new_rows_are_reported() {
    GoldenDiff diff =
        GoldenDiff.compare(results(lora(340, 180)), results(RunFixtures.row("ia3", 340, 180)));
    assertThat(diff.row("lora_8").outcome()).isEqualTo(RowOutcome.MISSING);
    assertThat(diff.row("ia3").outcome()).isEqualTo(RowOutcome.NEW);
    assertThat(diff.row("lora_8").breaksPromise()).isTrue();
    assertThat(diff.row("ia3").breaksPromise()).isFalse();
  }

  @Test
  void answers_to_other_test_items_cannot_be_compared() {
    List<RunRecord> other = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      other.add(
          RunFixtures.run(
              "lora_8", seed, AnswerSheets.of(AnswerSheets.counts(300, 0, 0, 0, 200, 0))));
    }
    RowDiff row = GoldenDiff.compare(results(lora(340, 180)), results(other)).row("lora_8");
    assertThat(row.outcome()).isEqualTo(RowOutcome.INCONCLUSIVE);
    assertThat(row.breaksPromise()).isTrue();
    assertThat(row.sentence()).contains("other test items");
  }

  @Test
  void a_failed_trial_breaks_the_promise_and_is_reported() {
    List<RunRecord> failed = new ArrayList<>(lora(340, 180));
    for (int i = 0; i < 3; i++) {
      failed.set(
          i,
          RunFixtures.run(
              "lora_8", i + 1, RunStatus.FAILED, List.of(), new double[0], RunFixtures.PROVENANCE));
    }
    failed.addAll(RunFixtures.row("ia3", 340, 180));
    GoldenDiff diff = GoldenDiff.compare(results(lora(340, 180)), results(failed));
    assertThat(diff.row("lora_8").breaksPromise()).isTrue();
    assertThat(diff.row("lora_8").differences()).contains("seed 1: COMPLETED -> FAILED");
  }

  @Test
  void a_row_that_is_not_trained_changes_by_more_than_the_margin_or_not() {
    List<Prediction> answers = RunFixtures.answers(340, 180);
    int[] some = new int[30];
    for (int i = 0; i < some.length; i++) {
      some[i] = i;
    }
    RunRecord golden = untrained(answers, RunFixtures.PROVENANCE);
    RunRecord fresh = untrained(turned(answers, some), ONE_THREAD);
    RowDiff row = GoldenDiff.compare(results(List.of(golden)), results(List.of(fresh))).row("none");
    assertThat(row.outcome()).isEqualTo(RowOutcome.SUSPECTED);
    assertThat(row.pValue()).as("a row that is not trained cannot change by chance").isZero();
    assertThat(row.changePoints().estimate()).isCloseTo(-5, within(1e-9));
    assertThat(row.sentence()).contains("the trials of each side do not vary");
  }

  private static RunRecord untrained(List<Prediction> answers, Provenance provenance) {
    return RunFixtures.run("none", 1, RunStatus.COMPLETED, answers, new double[0], provenance);
  }

  @Test
  void one_trial_on_another_machine_is_inconclusive_if_the_accepted_ones_do_not_vary() {
    List<Prediction> plateau = RunFixtures.answers(372, 0);
    List<RunRecord> golden = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      golden.add(RunFixtures.run("lora_8", seed, plateau));
    }
    List<RunRecord> learned = List.of(RunFixtures.run("lora_8", 1, RunFixtures.answers(372, 90)));
    RowDiff there =
        GoldenDiff.compareSelected(
                results(golden), results(with(learned, ONE_THREAD)), (row, seed) -> seed == 1)
            .row("lora_8");
    assertThat(there.outcome()).isEqualTo(RowOutcome.INCONCLUSIVE);
    assertThat(there.breaksPromise()).isFalse();
    assertThat(there.sentence())
        .contains("seed 1 collapsed -> learned; 1 of 1 seeds learned against 0 of 3 accepted")
        .contains("no verdict, run more seeds");
    RowDiff here =
        GoldenDiff.compareSelected(results(golden), results(learned), (row, seed) -> seed == 1)
            .row("lora_8");
    assertThat(here.breaksPromise()).as("equal bits are promised").isTrue();
  }

  @Test
  void a_changed_verdict_is_reported_and_breaks_the_promise() {
    List<RunRecord> runs = lora(340, 180);
    SuiteResults golden = SuiteResults.of(runs, List.of(finding("beats", Verdict.SUPPORTED)));
    SuiteResults flipped = SuiteResults.of(runs, List.of(finding("beats", Verdict.REFUTED)));
    SuiteResults unsure = SuiteResults.of(runs, List.of(finding("beats", Verdict.INCONCLUSIVE)));
    SuiteResults unsureThere =
        SuiteResults.of(with(runs, ONE_THREAD), List.of(finding("beats", Verdict.INCONCLUSIVE)));
    SuiteResults flippedThere =
        SuiteResults.of(with(runs, ONE_THREAD), List.of(finding("beats", Verdict.REFUTED)));

    GoldenDiff diff = GoldenDiff.compare(golden, flipped);
    assertThat(diff.verdicts().get(0))
        .hasToString("verdict-changed: beats/lora_8, accepted SUPPORTED, now REFUTED");
    assertThat(diff.breaksPromise()).isTrue();
    assertThat(GoldenDiff.compare(golden, unsure).breaksPromise()).isTrue();
    assertThat(GoldenDiff.compare(golden, flippedThere).breaksPromise()).isTrue();
    assertThat(GoldenDiff.compare(golden, unsureThere).verdicts()).hasSize(1);
    assertThat(GoldenDiff.compare(golden, unsureThere).breaksPromise())
        .as("a borderline verdict on another machine")
        .isFalse();
    assertThat(GoldenDiff.compare(flipped, flipped).verdicts()).as("refuted as accepted").isEmpty();
    assertThat(golden.accepted(finding("beats", Verdict.REFUTED))).contains(Verdict.SUPPORTED);
    assertThat(golden.accepted(finding("other", Verdict.REFUTED))).isEmpty();
  }

  @Test
  void a_withdrawn_hypothesis_breaks_the_promise_but_a_new_one_does_not() {
    List<RunRecord> runs = lora(340, 180);
    SuiteResults golden = SuiteResults.of(runs, List.of(finding("beats", Verdict.SUPPORTED)));
    SuiteResults notRun = SuiteResults.of(runs, List.of(finding("beats", Verdict.NOT_RUN)));
    SuiteResults withdrawn = SuiteResults.of(runs, List.of(finding("new", Verdict.REFUTED)));
    SuiteResults added =
        SuiteResults.of(
            runs, List.of(finding("beats", Verdict.SUPPORTED), finding("new", Verdict.REFUTED)));
    assertThat(GoldenDiff.compare(golden, notRun).breaksPromise()).isFalse();
    assertThat(GoldenDiff.compare(golden, added).breaksPromise()).isFalse();
    assertThat(GoldenDiff.compare(golden, added).verdicts()).hasSize(1);
    assertThat(GoldenDiff.compare(golden, withdrawn).breaksPromise()).isTrue();
  }

  private static Finding finding(String hypothesis, Verdict verdict) {
    return new Finding(
        hypothesis, "smoke", "lora_8", verdict, "", 0, 0, 0, Double.NaN, "", "", true);
  }

  @Test
  void a_golden_file_reads_back_equal_and_is_compact(@TempDir Path dir) throws IOException {
    List<RunRecord> runs = new ArrayList<>(lora(340, 180));
    runs.add(
        RunFixtures.run("none", 1, AnswerSheets.of(AnswerSheets.counts(1, 0, 371, 0, 0, 228))));
    SuiteResults results = SuiteResults.of(runs, List.of(finding("beats", Verdict.SUPPORTED)));
    GoldenStore store = new GoldenStore(dir.resolve("golden"));
    Path file = store.write(results);
    assertThat(file.getFileName()).hasToString("smoke.cpu-x86_64-avx512-t2.json");
    assertThat(GoldenStore.read(file)).isEqualTo(results);
    assertThat(store.find("smoke", "cpu-x86_64-avx512-t2")).contains(results);
    assertThat(store.find("smoke", "cuda-sm70"))
        .as("the file of another device class")
        .contains(results);
    assertThat(store.find("smoke2", "cuda-sm70")).isEmpty();
    try (var files = Files.list(file.getParent())) {
      assertThat(files).as("no temporary file is left").containsExactly(file);
    }
    String text = Files.readString(file);
    assertThat(text).endsWith("}\n").doesNotContain("\r");
    assertThat(text).contains("\"beats/lora_8\" : \"SUPPORTED\"");
    assertThat(text.lines().filter(l -> l.contains("\"y".repeat(1) + "y".repeat(99))).count())
        .as("lines of a hundred answers")
        .isGreaterThan(3);
    assertThat(text.lines().mapToInt(String::length).max().orElseThrow()).isLessThan(3000);
    assertThat(Files.size(file)).as("compact").isLessThan(40_000);
  }

  @Test
  void a_malformed_golden_file_is_refused_with_file_and_line(@TempDir Path dir) throws IOException {
    GoldenStore store = new GoldenStore(dir);
    Path file = store.write(results(lora(340, 180)));
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"threads\"", "\"thread\""));
    assertThatThrownBy(() -> GoldenStore.read(file))
        .hasMessageContaining("key threads: found no such key");
    Files.writeString(file, text.replace("\"threads\" : 2", "\"threads\" : two"));
    assertThatThrownBy(() -> GoldenStore.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file + ":6")
        .hasMessageContaining("two")
        .hasMessageContaining("restore it from version control");
    Files.writeString(file, text.replace("\"format\" : 3", "\"format\" : 9"));
    assertThatThrownBy(() -> GoldenStore.read(file)).hasMessageContaining("key format: found 9");
    Files.writeString(file, text.substring(0, 500));
    assertThatThrownBy(() -> GoldenStore.read(file)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> GoldenStore.read(dir.resolve("none.json")))
        .hasMessageContaining("no such file");
  }

  @Test
  void a_file_of_format_1_is_compared_except_for_its_declarations(@TempDir Path dir)
      throws IOException {
    SuiteResults now =
        results(declared(lora(340, 180), Map.of("row", "aa"), "learning_rate", "3e-3"));
    Path file = new GoldenStore(dir).write(now);
    String declared = "\"declared\" : \\{[^}]*},\\s*";
    Files.writeString(
        file,
        Files.readString(file)
            .replace("\"format\" : 3", "\"format\" : 1")
            .replaceAll(declared, ""));
    SuiteResults old = GoldenStore.read(file);
    assertThat(old.rows().get("lora_8").declared()).isEmpty();
    assertThat(old.rows().get("lora_8").trials()).isEqualTo(now.rows().get("lora_8").trials());
    assertThat(GoldenDiff.compare(old, now).row("lora_8").differences()).isEmpty();
    SuiteResults moved =
        results(declared(lora(340, 180), Map.of("row", "bb"), "learning_rate", "3e-2"));
    assertThat(GoldenDiff.compare(old, moved).row("lora_8").differences())
        .containsExactly("input row aa -> bb");
  }

  @Test
  void results_of_several_device_classes_are_refused() {
    List<RunRecord> mixed = new ArrayList<>(lora(340, 180));
    mixed.addAll(with(RunFixtures.row("ia3", 340, 180), ONE_THREAD));
    assertThatThrownBy(() -> results(mixed))
        .hasMessageContaining("2 of device class: cpu-x86_64-avx512-t2, cpu-x86_64-avx512-t1");
    assertThatThrownBy(() -> results(List.of())).hasMessageContaining("no runs");
  }
}
