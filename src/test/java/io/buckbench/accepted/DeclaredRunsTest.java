package io.buckbench.accepted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.findings.RowSelector;
import io.buckbench.golden.SuiteResults;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.report.SyntheticRuns;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredRunsTest {
  @TempDir Path folder;

  /** A row with a milestone has two records for each seed. */
  @Test
  void milestones_count_as_separate_trials() {
    Suite suite = SyntheticSuite.serving("0.0001");
    List<RunRecord> all = suite.recorded().stream().map(DeclaredRunsTest::record).toList();
    DeclaredRuns whole = DeclaredRuns.read(suite, SyntheticSuite.store(folder, all), false);
    assertThat(whole.complete()).isTrue();
    assertThat(whole.records())
        .extracting(RunRecord::configuration)
        .containsExactly(
            "lora-r4@0.0001", "lora-r4@0.0001", "lora-r4@0.0001", "lora-r4", "lora-r4", "lora-r4");
    assertThat(SuiteResults.of(whole.records(), List.of()).rows())
        .containsOnlyKeys("lora-r4@0.0001", "lora-r4");

    Path other = folder.resolve("other");
    DeclaredRuns part =
        DeclaredRuns.read(suite, SyntheticSuite.store(other, all.subList(1, 6)), false);
    assertThat(part.complete()).isFalse();
    assertThat(part.missingWords())
        .contains("1 of 6 trials of mini have no record", "lora-r4@0.0001, seed 1");
  }

  @Test
  void records_of_two_commits_are_used_together_only_if_any_commit_is_allowed() {
    Suite suite = SyntheticSuite.serving("0.0001");
    List<RunRecord> mixed =
        new ArrayList<>(suite.recorded().stream().map(DeclaredRunsTest::record).toList());
    mixed.set(5, SyntheticRuns.ofCommit(mixed.get(5), "another"));
    RunStore store = SyntheticSuite.store(folder, mixed);
    assertThat(DeclaredRuns.read(suite, store, false).complete()).isFalse();
    assertThat(DeclaredRuns.read(suite, store, true).complete()).isTrue();
  }

  @Test
  void a_suite_that_is_judged_without_training_needs_a_record_of_every_trial() {
    Suite suite = SyntheticSuite.serving("0.0001");
    List<RunRecord> all =
        new ArrayList<>(suite.recorded().stream().map(DeclaredRunsTest::record).toList());
    RunStore whole = SyntheticSuite.store(folder, all);
    DeclaredRuns.read(suite, whole, true).require(suite.trials(), whole);

    all.set(4, RunCopy.of(all.get(4)).declared(all.get(0).declared()).record());
    RunStore store = SyntheticSuite.store(folder.resolve("part"), all.subList(1, 6));
    DeclaredRuns part = DeclaredRuns.read(suite, store, true);
    assertThatThrownBy(() -> part.require(suite.trials(), store))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            store.directory() + ": found no record: 1 of 6 trials of mini: lora-r4@0.0001, seed 1")
        .hasMessageContaining(
            "found a record of a row that is declared differently now: 1 of 6 trials of mini:"
                + " lora-r4, seed 2")
        .hasMessageContaining("run their shares again, and merge the stores");
    part.require(suite.trials().subList(2, 3), store);
  }

  @Test
  void milestones_are_selected_by_id_budget_and_the_row_that_served_them() {
    Trial trial = SyntheticSuite.serving("0.0001").trials().get(0);
    RunRecord own = record(trial);
    RunRecord served = record(trial.milestones().get(0));
    for (String text :
        List.of("configuration=lora-r4@*", "served_by=lora-r4", "usd=0.0001 & method=lora")) {
      RowSelector selector = RowSelector.parse(text);
      assertThat(selector.chooses(served)).as(text).isTrue();
      assertThat(selector.chooses(own)).as(text).isFalse();
    }
    assertThat(RowSelector.parse("configuration=lora-r4").chooses(served)).isFalse();
  }

  private static RunRecord record(Trial trial) {
    return RunCopy.of(SyntheticSuite.record(trial, 30))
        .declared(trial.configuration().declared())
        .record();
  }
}
