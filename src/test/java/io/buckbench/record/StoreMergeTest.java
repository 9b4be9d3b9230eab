package io.buckbench.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.findings.RunFixtures;
import io.buckbench.input.InvalidInputException;
import io.buckbench.train.StepMetric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreMergeTest {
  @TempDir Path dir;
  private RunStore first;
  private RunStore second;
  private RunStore out;

  @BeforeEach
  void stores() {
    first = new RunStore(dir.resolve("first"));
    second = new RunStore(dir.resolve("second"));
    out = new RunStore(dir.resolve("out"));
  }

  private static RunRecord run(long seed) {
    return RunFixtures.run("lora", seed, RunFixtures.answers(3, 2));
  }

  private static void store(RunStore store, RunRecord record) {
    try (RunStore.Draft draft = store.draft()) {
      draft.commit(record);
    }
  }

  private StoreMerge merge() {
    return StoreMerge.into(out, List.of(first, second));
  }

  @Test
  void different_trials_are_united_with_all_their_files() throws Exception {
    store(first, run(1));
    try (RunStore.Draft draft = second.draft()) {
      Files.writeString(
          Files.createDirectory(draft.directory().resolve("adapter")).resolve("a"), "x");
      draft.commit(run(2));
    }
    StoreMerge merged = merge();
    assertThat(merged.copied()).containsExactly(run(1).id(), run(2).id());
    assertThat(out.read(run(1).suite())).containsExactly(run(1), run(2));
    assertThat(out.directory(run(2).id()).resolve("adapter/a")).hasContent("x");
    assertThat(merge()).as("again").isEqualTo(new StoreMerge(List.of(), 2, 0, List.of()));
  }

  @Test
  void the_same_trial_twice_and_equal_but_for_its_time_is_one() {
    store(first, run(1));
    store(second, RunCopy.of(run(1)).startedAt("2027-01-01T00:00:00Z").commit("other").record());
    assertThat(merge()).isEqualTo(new StoreMerge(List.of(run(1).id()), 1, 0, List.of()));
    assertThat(out.read(run(1).suite())).containsExactly(run(1));
  }

  @Test
  void a_trial_that_differs_is_refused_with_both_and_nothing_is_written() {
    store(first, run(1));
    store(first, run(2));
    List<StepMetric> steps =
        List.of(new StepMetric(1, 0.75, 1e-3, 1.5, 10, 1), new StepMetric(2, 0.5, 1e-3, 1, 9, 1));
    store(first, RunCopy.of(run(3)).steps(steps).record());
    List<StepMetric> others = List.of(steps.get(0), new StepMetric(2, 0.25, 1e-3, 1, 9, 1));
    store(second, RunCopy.of(run(3)).steps(others).deviceClass("cpu-b").record());
    assertThatThrownBy(this::merge)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            first.directory(run(3).id()) + " and " + second.directory(run(3).id()))
        .hasMessageContaining("device class: " + run(3).provenance().deviceClass() + " and cpu-b")
        .hasMessageContaining("step 2: loss: 0.5 and 0.25")
        .hasMessageContaining("run it again on one of the machines");
    assertThat(out.directory()).doesNotExist();
  }

  @Test
  void a_failed_trial_gives_way_in_either_order() {
    RunRecord lost = RunCopy.of(run(1)).ended(RunStatus.FAILED, "killed").record();
    store(first, lost);
    store(second, run(1));
    assertThat(merge()).isEqualTo(new StoreMerge(List.of(run(1).id()), 0, 1, List.of()));
    assertThat(StoreMerge.into(out, List.of(first)))
        .isEqualTo(new StoreMerge(List.of(), 0, 1, List.of()));
    assertThat(out.find(run(1).id())).contains(run(1));
  }

  @Test
  void a_share_without_records_adds_none_and_is_named() throws Exception {
    store(first, run(1));
    Files.createDirectories(second.directory().resolve(".snapshots/smoke"));
    assertThat(merge()).isEqualTo(new StoreMerge(List.of(run(1).id()), 0, 0, List.of(second)));
  }

  @Test
  void a_store_is_merged_into_itself() {
    store(first, run(1));
    assertThat(StoreMerge.into(first, List.of(first, new RunStore(first.directory()))))
        .isEqualTo(new StoreMerge(List.of(), 2, 0, List.of()));
    assertThat(first.find(run(1).id())).contains(run(1));
  }

  @Test
  void a_folder_that_is_not_there_or_not_a_store_is_refused() throws Exception {
    store(first, run(1));
    refused();
    Files.writeString(Files.createDirectories(second.directory()).resolve("notes.txt"), "x");
    refused();
  }

  private void refused() {
    assertThatThrownBy(this::merge)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(second.directory() + ": found no run records")
        .hasMessageContaining("name the folder that run wrote to");
    assertThat(out.directory()).doesNotExist();
  }
}
