package io.buckbench.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.findings.RunFixtures;
import io.buckbench.history.History;
import io.buckbench.history.PastRun;
import io.buckbench.input.InvalidInputException;
import io.buckbench.promise.Inspection;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptanceTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
  private static final String WHY = "first accepted results";

  @TempDir Path repository;
  private List<RunRecord> runs;

  @BeforeEach
  void commit() throws IOException, InterruptedException {
    runs = new ArrayList<>(RunFixtures.row("lora_8", 340, 180));
    runs.addAll(RunFixtures.row("ia3", 330, 170));
    Files.createDirectories(repository.resolve("golden"));
    Files.writeString(repository.resolve("source.txt"), "as committed\n");
    Files.writeString(repository.resolve("golden/CHANGES.md"), "# Changes\n");
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "first");
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private Acceptance.Accepted accept(List<RunRecord> all, List<RunRecord> repeats, String why) {
    return new Acceptance(repository).accept(all, repeats, List.of(), List.of(), why, TODAY);
  }

  private void refused(List<RunRecord> all, List<RunRecord> repeats, String why, String... says)
      throws IOException {
    assertThatThrownBy(() -> accept(all, repeats, why))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(says);
    try (var files = Files.list(repository.resolve("golden"))) {
      assertThat(files).as("nothing is written").hasSize(1);
    }
    assertThat(repository.resolve("golden/CHANGES.md")).hasContent("# Changes\n");
  }

  @Test
  void repeated_results_with_a_reason_are_accepted_with_a_dated_line() throws IOException {
    Path file = accept(runs, Repeats.required(runs), WHY).file();
    assertThat(GoldenStore.read(file)).isEqualTo(SuiteResults.of(runs, List.of()));
    assertThat(Files.readString(repository.resolve("golden/CHANGES.md")))
        .isEqualTo(
            "# Changes\n- 2026-11-24 smoke, cpu-x86_64-avx512-t2, commit 0123456789ab: "
                + WHY
                + "\n");
    // The files just written are in golden/, so they do not make the work tree dirty.
    accept(runs, Repeats.required(runs), "again");
    assertThat(Files.readAllLines(repository.resolve("golden/CHANGES.md"))).hasSize(3);
  }

  @Test
  void each_accept_says_how_far_values_have_drifted_and_how_often_they_were_loosened()
      throws IOException {
    accept(runs, runs, WHY);
    List<RunRecord> lower = new ArrayList<>(RunFixtures.row("lora_8", 337, 180));
    lower.addAll(RunFixtures.row("ia3", 330, 170));
    accept(lower, lower, "a little lower");
    List<RunRecord> lowest = new ArrayList<>(RunFixtures.row("lora_8", 334, 180));
    lowest.addAll(RunFixtures.row("ia3", 330, 170));
    assertThat(accept(lowest, lowest, "a little lower again").drift())
        .extracting(Object::toString)
        .containsExactly(
            "lora_8: accuracy 86.67 % -> 85.67 %, -1.00 points, loosened by 2 of 3 accepts");
    assertThat(Files.readAllLines(repository.resolve("golden/CHANGES.md")))
        .endsWith(
            "  - lora_8: accuracy 86.67 % -> 85.67 %, -1.00 points, loosened by 2 of 3 accepts");
    assertThat(History.of(repository.resolve("golden"), "smoke").runs())
        .extracting(PastRun::why)
        .containsExactly(WHY, "a little lower", "a little lower again");
  }

  @Test
  void results_accepted_before_there_was_a_history_are_its_first_line() throws IOException {
    accept(runs, runs, WHY);
    Files.delete(repository.resolve("golden/history/smoke.jsonl"));
    List<RunRecord> lower = new ArrayList<>(RunFixtures.row("lora_8", 334, 180));
    lower.addAll(RunFixtures.row("ia3", 330, 170));
    assertThat(accept(lower, lower, "lower").drift())
        .extracting(Object::toString)
        .containsExactly(
            "lora_8: accuracy 86.67 % -> 85.67 %, -1.00 points, loosened by 1 of 2 accepts");
    List<PastRun> past = History.of(repository.resolve("golden"), "smoke").runs();
    assertThat(past.get(0).why()).isEqualTo("accepted before there was a history");
    assertThat(past.get(0).rows().get("lora_8").learned()).isEqualTo(3);
  }

  @Test
  void results_without_a_reason_of_one_sentence_are_refused() throws IOException {
    refused(runs, runs, null, "-Dgolden.why: found nothing", "dated line in golden/CHANGES.md");
    refused(runs, runs, "  ", "-Dgolden.why: found nothing");
    refused(runs, runs, "two\nlines", "found several lines");
  }

  @Test
  void a_modified_work_tree_is_refused_but_untracked_files_are_allowed() throws Exception {
    Files.writeString(repository.resolve("notes.txt"), "untracked\n");
    accept(runs, runs, WHY);
    git("checkout", "-q", "golden");
    git("clean", "-q", "-d", "-f", "golden");
    Files.writeString(repository.resolve("source.txt"), "changed\n");
    refused(runs, runs, WHY, "modified files: source.txt", "commit or revert them");
    git("mv", "source.txt", "renamed.txt");
    refused(runs, runs, WHY, "modified files: renamed.txt");
  }

  @Test
  void a_folder_without_git_is_refused(@TempDir Path elsewhere) {
    assertThatThrownBy(
            () -> new Acceptance(elsewhere).accept(runs, runs, List.of(), List.of(), WHY, TODAY))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("git failed");
  }

  @Test
  void runs_of_a_modified_work_tree_are_refused() throws IOException {
    Provenance p = RunFixtures.PROVENANCE;
    Provenance dirty =
        new Provenance(
            p.startedAt(),
            p.commit(),
            true,
            p.command(),
            p.deviceClass(),
            p.device(),
            "float32",
            p.threads(),
            p.workers(),
            p.versions(),
            p.pytorchFlags(),
            p.sha256());
    List<RunRecord> made =
        List.of(
            RunFixtures.run(
                "ia3",
                1,
                RunStatus.COMPLETED,
                RunFixtures.answers(330, 170),
                RunFixtures.losses(1),
                dirty));
    refused(made, made, WHY, "ia3 seed 1", "a run made on a modified work tree");
  }

  @Test
  void results_without_a_repeat_of_each_method_are_refused() throws IOException {
    List<RunRecord> loraOnly = List.of(runs.get(0));
    refused(runs, loraOnly, WHY, "method ia3: found no trial that was run twice", "run ia3 seed 1");
    refused(runs, List.of(), WHY, "method lora", "method ia3");
  }

  @Test
  void a_repeat_with_other_bits_is_refused_with_the_first_step_that_differs() throws IOException {
    double[] losses = RunFixtures.losses(1);
    losses[6] = Math.nextUp(losses[6]);
    RunRecord other =
        RunFixtures.run(
            "lora_8",
            1,
            RunStatus.COMPLETED,
            runs.get(0).predictions(),
            losses,
            RunFixtures.PROVENANCE);
    List<RunRecord> repeats = List.of(other, runs.get(3));
    refused(runs, repeats, WHY, "lora_8 seed 1: found a repeat that differs: step 7: loss: ");
  }

  @Test
  void failed_runs_and_losses_that_are_not_finite_are_refused() throws IOException {
    double[] losses = RunFixtures.losses(1);
    losses[6] = Double.NaN;
    List<RunRecord> bad =
        List.of(
            RunFixtures.run(
                "lora_8",
                1,
                RunStatus.COMPLETED,
                runs.get(0).predictions(),
                losses,
                RunFixtures.PROVENANCE),
            RunFixtures.run(
                "ia3", 1, RunStatus.FAILED, List.of(), new double[0], RunFixtures.PROVENANCE));
    refused(
        bad,
        bad,
        WHY,
        "lora_8 seed 1: found step 7 of 40 has loss NaN and gradient norm 1.0, expected that losses"
            + " and gradients are finite",
        "ia3 seed 1: found it failed: out of memory, expected that the trial completed");
  }

  @Test
  void runs_that_broke_a_promise_are_refused_except_for_a_divergence() throws IOException {
    Inspection nan = new Inspection(true, 0, 12, "lora_A", 0);
    runs.set(0, RunCopy.of(runs.get(0)).inspection(nan).record());
    refused(runs, runs, WHY, "lora_8 seed 1: found 12 numbers are not, the first in lora_A");
    runs.set(0, RunCopy.of(runs.get(0)).ended(RunStatus.DIVERGED, "step 41: NaN").record());
    runs.set(3, RunCopy.of(runs.get(3)).inspection(new Inspection(true, 2, 0, "", 0)).record());
    refused(runs, runs, WHY, "ia3 seed 1: found 2 arrays are alive");
    runs.set(3, RunCopy.of(runs.get(3)).inspection(Inspection.NONE).record());
    accept(runs, runs, WHY);
  }

  @Test
  void all_reasons_to_refuse_are_reported_at_once() throws IOException {
    Files.writeString(repository.resolve("source.txt"), "changed\n");
    refused(runs, List.of(), "", "-Dgolden.why", "modified files", "method lora", "method ia3");
  }

  @Test
  void the_trial_with_the_fewest_steps_of_each_method_must_be_repeated() {
    assertThat(Repeats.required(runs))
        .extracting(r -> r.configuration() + " " + r.seed())
        .containsExactly("lora_8 1", "ia3 1");
  }
}
