package io.buckbench.accepted;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.accepted.AcceptedTraining.Trained;
import io.buckbench.findings.Hypotheses;
import io.buckbench.golden.Confirmation;
import io.buckbench.golden.GoldenStore;
import io.buckbench.golden.RowDiff;
import io.buckbench.golden.RowOutcome;
import io.buckbench.golden.SuiteResults;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Selection;
import io.buckbench.suite.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteVerdictsTest {
  private static final Selection ALL = new Selection(Optional.empty(), Optional.empty());

  @TempDir Path folder;

  @Test
  void a_verdict_opposite_to_the_accepted_one_is_reported_as_changed() {
    SuiteVerdicts turned = verdicts(records(5), records(40), ALL);
    assertThat(turned.on("beats-all-yes")).allMatch(ComparedFinding::changed);
    assertThat(turned.on("beats-all-yes").get(0))
        .hasToString("lora-r4 beats-all-yes: REFUTED, accepted as SUPPORTED");
    assertThat(verdicts(records(40), records(40), ALL).on("beats-all-yes"))
        .singleElement()
        .matches(compared -> !compared.changed());
  }

  @Test
  void an_incomplete_suite_is_not_compared_with_accepted_verdicts() {
    List<RunRecord> some = records(5).subList(0, 8);
    assertThat(verdicts(some, records(40), ALL).on("beats-all-yes"))
        .singleElement()
        .hasToString("lora-r4 beats-all-yes: REFUTED, no accepted verdict")
        .matches(compared -> !compared.changed());
  }

  @Test
  void without_accepted_results_nothing_is_compared() {
    SuiteVerdicts verdicts = verdicts(records(5), Optional.empty(), ALL);
    assertThat(verdicts.diff()).isEmpty();
    assertThat(verdicts.on("beats-all-yes")).noneMatch(ComparedFinding::changed);
  }

  @Test
  void only_selected_trials_can_be_missing() {
    List<RunRecord> first = records(40).stream().filter(r -> r.seed() == 1).toList();
    Selection one = new Selection(Optional.empty(), Optional.of(1));
    Selection two = new Selection(Optional.empty(), Optional.of(2));
    assertThat(verdicts(first, records(40), one).diff().orElseThrow().breaksPromise()).isFalse();
    assertThat(verdicts(first, records(40), two).diff().orElseThrow().rows())
        .allMatch(RowDiff::breaksPromise);
  }

  @Test
  void suspected_rows_are_trained_on_fresh_seeds_before_they_are_an_alarm() {
    List<RunRecord> elsewhere = moved(records(5), 0);
    SuiteVerdicts suspected = verdicts(elsewhere, records(40), ALL);
    assertThat(suspected.toConfirm()).isEqualTo(Map.of("lora-r4", SEEDS));
    assertThat(suspected.diff().orElseThrow().row("lora-r4").outcome())
        .isEqualTo(RowOutcome.SUSPECTED);
    SuiteVerdicts cleared =
        suspected.confirmedBy(
            new Confirmation(results(lora(moved(records(40), 3))), Optional.empty(), ""));
    assertThat(cleared.toConfirm()).isEmpty();
    assertThat(cleared.diff().orElseThrow().row("lora-r4").outcome()).isEqualTo(RowOutcome.SAME);
    SuiteVerdicts confirmed =
        suspected.confirmedBy(
            new Confirmation(results(lora(moved(records(5), 3))), Optional.empty(), ""));
    assertThat(confirmed.diff().orElseThrow().row("lora-r4").outcome())
        .isEqualTo(RowOutcome.REGRESSED);
  }

  @Test
  void confirming_trains_the_suspected_rows_alone_and_nothing_if_there_are_none() {
    Hypotheses hypotheses = SyntheticSuite.hypotheses(folder);
    SuiteVerdicts suspected = verdicts(moved(records(5), 0), records(40), ALL);
    List<Trial> asked = new ArrayList<>();
    SuiteVerdicts confirmed =
        suspected.confirmed(
            trials -> {
              asked.addAll(trials);
              return moved(records(5), 3);
            },
            (commit, suite, seeds) -> Trained.not(commit, "git does not have it"),
            hypotheses);
    assertThat(asked).extracting(trial -> trial.configuration().id()).containsOnly("lora-r4");
    assertThat(asked).extracting(Trial::seed).isEqualTo(SEEDS);
    assertThat(confirmed.diff().orElseThrow().row("lora-r4").outcome())
        .isEqualTo(RowOutcome.REGRESSED);
    assertThat(confirmed.diff().orElseThrow().row("lora-r4").sentence())
        .contains("; confirmed on 3 fresh seeds: ")
        .contains("was not trained here, so the accepted trials are compared with: git does not");
    SuiteVerdicts same = verdicts(records(40), records(40), ALL);
    assertThat(
            same.confirmed(
                trials -> {
                  throw new AssertionError("nothing is suspected");
                },
                (commit, suite, seeds) -> {
                  throw new AssertionError("nothing is suspected");
                },
                hypotheses))
        .isSameAs(same);
  }

  @Test
  void a_drop_that_the_accepted_commit_shows_here_as_well_is_one_of_the_machine() {
    SuiteVerdicts suspected = verdicts(moved(records(5), 0), records(40), ALL);
    Map<String, List<Long>> asked = new LinkedHashMap<>();
    AcceptedTraining likewise =
        (commit, suite, seeds) -> {
          asked.putAll(seeds);
          return Trained.of(commit, lora(moved(records(5), 3)));
        };
    SuiteVerdicts confirmed =
        suspected.confirmed(
            trials -> moved(records(5), 3), likewise, SyntheticSuite.hypotheses(folder));
    assertThat(asked).isEqualTo(Map.of("lora-r4", SEEDS));
    RowDiff row = confirmed.diff().orElseThrow().row("lora-r4");
    assertThat(row.breaksPromise()).as(row.sentence()).isFalse();
    assertThat(row.sentence())
        .contains("; not confirmed on 3 fresh seeds, against the accepted commit on the same seeds")
        .contains("was trained here too; it shows a drop here as well (change -")
        .contains("which is of the machine or its libraries, not of the change");

    RowDiff ofTheChange =
        suspected
            .confirmed(
                trials -> moved(records(5), 3),
                (commit, suite, seeds) -> Trained.of(commit, lora(moved(records(40), 3))),
                SyntheticSuite.hypotheses(folder))
            .diff()
            .orElseThrow()
            .row("lora-r4");
    assertThat(ofTheChange.outcome()).isEqualTo(RowOutcome.REGRESSED);
    assertThat(ofTheChange.sentence())
        .contains("; confirmed on 3 fresh seeds, against the accepted commit on the same seeds")
        .doesNotContain("of the machine");
  }

  private static final List<Long> SEEDS = List.of(4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);

  private static List<RunRecord> lora(List<RunRecord> records) {
    return records.stream().filter(r -> r.configuration().equals("lora-r4")).toList();
  }

  private static SuiteResults results(List<RunRecord> records) {
    return SuiteResults.of(records, List.of());
  }

  /** The same results of another machine, on other seeds. */
  private static List<RunRecord> moved(List<RunRecord> records, long seeds) {
    return records.stream()
        .map(run -> RunCopy.of(run).deviceClass("cpu-of-another-kind").seed(run.seed() + seeds))
        .map(RunCopy::record)
        .toList();
  }

  private SuiteVerdicts verdicts(
      List<RunRecord> fresh, List<RunRecord> accepted, Selection selection) {
    return verdicts(fresh, Optional.of(SyntheticSuite.golden(folder, accepted)), selection);
  }

  private SuiteVerdicts verdicts(
      List<RunRecord> fresh, Optional<GoldenStore> golden, Selection selection) {
    Path store = folder.resolve("fresh" + System.nanoTime());
    return SuiteVerdicts.of(
        DeclaredRuns.read(SyntheticSuite.suite(), SyntheticSuite.store(store, fresh), false),
        SyntheticSuite.hypotheses(folder),
        golden,
        selection);
  }

  private static List<RunRecord> records(int right) {
    List<RunRecord> records = new ArrayList<>();
    for (Trial trial : SyntheticSuite.suite().trials()) {
      boolean lora = trial.configuration().id().equals("lora-r4");
      records.add(SyntheticSuite.record(trial, lora ? right : 20));
    }
    return records;
  }
}
