package io.buckbench.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.CostLedger;
import io.buckbench.data.Answers;
import io.buckbench.eval.AnswerSheets;
import io.buckbench.eval.Prediction;
import io.buckbench.promise.Inspection;
import io.buckbench.record.DataFacts;
import io.buckbench.record.Declaration;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.record.SideEffects;
import io.buckbench.record.Truncated;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.Suite;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateGridTest {
  @TempDir Path dir;
  private ProjectFixture project;
  private RunStore store;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(dir);
    store = new RunStore(dir.resolve("runs"));
  }

  private static String[] rate(String rate, String... more) {
    List<String> changes =
        new ArrayList<>(List.of("learning_rate=" + rate, "split=validation", "grid=lora"));
    changes.addAll(List.of(more));
    return changes.toArray(String[]::new);
  }

  /** Stores a record of the row's first seed, with {@code right} of ten answers correct. */
  private void record(Configuration row, int right, double margin) {
    List<Prediction> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      boolean wanted = i % 2 == 0;
      boolean yes = (i < right) == wanted;
      double odds = wanted ? margin : -margin;
      answers.add(AnswerSheets.yesNo("v:" + i, "", wanted, yes ? "yes" : "no", odds, -odds));
    }
    record(row, row.declared(), "d1", answers);
  }

  private void record(
      Configuration row, Declaration declared, String data, List<Prediction> answers) {
    RunRecord run =
        new RunRecord(
            "t",
            row.id(),
            row.seeds().get(0),
            answers.isEmpty() ? RunStatus.FAILED : RunStatus.COMPLETED,
            answers.isEmpty() ? "out of memory" : "",
            declared,
            new Provenance(
                "2026-11-24T12:00:00Z",
                "abc",
                false,
                "run suite",
                "c",
                "d",
                "float32",
                2,
                1,
                Map.of(),
                Map.of(),
                Map.of("data", data, "row", row.id())),
            1,
            2,
            "",
            Inspection.NONE,
            new Truncated(0, 0),
            new DataFacts(Answers.YES_NO),
            List.of(),
            new CostLedger(
                "cpu-2", BudgetClock.PLANNED, BigDecimal.ONE, 1, List.of(), List.of(), List.of()),
            answers,
            SideEffects.NONE);
    try (RunStore.Draft draft = store.draft()) {
      draft.commit(run);
    }
  }

  private Suite threeRates() {
    return project
        .row("a", rate("1e-2"))
        .row("b", rate("1e-3"))
        .row("c", rate("3e-3"))
        .write()
        .read();
  }

  private String chosen(Suite suite) {
    return RateGrid.of(suite, store).get(0).chosen().configuration().id();
  }

  @Test
  void the_highest_accuracy_is_chosen_and_ties_go_to_larger_area_and_smaller_rate() {
    Suite suite = threeRates();
    Configuration a = suite.configurations().get(0);
    Configuration b = suite.configurations().get(1);
    Configuration c = suite.configurations().get(2);
    record(a, 6, 1);
    record(b, 7, 1);
    record(c, 8, -1);
    assertThat(chosen(suite)).as("highest accuracy, smallest area").isEqualTo("c");
    record(c, 7, -1);
    assertThat(chosen(suite)).as("7 of 10 twice, areas 1 and 0").isEqualTo("b");
    record(c, 7, 1);
    record(a, 7, 1);
    assertThat(chosen(suite)).as("only the rates differ").isEqualTo("b");
    assertThat(RateGrid.of(suite, store).get(0).chosenAtEdge()).as("1e-3 is the smallest").isTrue();
    record(c, 8, 1);
    assertThat(RateGrid.of(suite, store).get(0).chosenAtEdge()).as("3e-3 is in between").isFalse();
    record(c, 7, 1);
    assertThat(RateGrid.of(suite, store).get(0).rates())
        .extracting(r -> r.scores().accuracy().estimate())
        .containsExactly(0.7, 0.7, 0.7);
  }

  @Test
  void a_grid_with_a_missing_failed_or_different_record_is_refused() {
    Suite suite = threeRates();
    record(
        suite.configurations().get(0), suite.configurations().get(0).declared(), "d1", List.of());
    Map<String, String> other =
        new LinkedHashMap<>(suite.configurations().get(1).declared().columns());
    other.put("batch_size", "8");
    record(
        suite.configurations().get(1),
        new Declaration(other),
        "d1",
        List.of(AnswerSheets.yesNo("v", "", true, "yes", 0, 0)));
    assertThat(project.problemsOf(() -> RateGrid.of(suite, store)))
        .containsExactly(
            "runs/t/a/seed-1: found a trial without answers: out of memory, expected answers of t/a"
                + " seed 1, since a grid is compared as a whole; run t --only a",
            "runs/t/b/seed-1: found a record with other settings, expected answers of t/b seed 1,"
                + " since a grid is compared as a whole; run t --only b",
            "runs/t/c/seed-1: found no record, expected answers of t/c seed 1, since a grid is"
                + " compared as a whole; run t --only c");
  }

  @Test
  void a_record_made_with_other_files_is_refused() {
    Suite suite = threeRates();
    record(suite.configurations().get(0), 6, 1);
    record(suite.configurations().get(2), 6, 1);
    Configuration b = suite.configurations().get(1);
    record(b, b.declared(), "d2", List.of(AnswerSheets.yesNo("v", "", true, "yes", 0, 0)));
    assertThat(project.problemsOf(() -> RateGrid.of(suite, store)))
        .containsExactly(
            "runs/t/b/seed-1: found a record with other files than those of a, expected answers of"
                + " t/b seed 1, since a grid is compared as a whole; run t --only b");
  }

  @Test
  void a_suite_without_a_grid_is_refused() {
    Suite suite = project.row("a").write().read();
    assertThat(project.problemsOf(() -> RateGrid.of(suite, store)))
        .containsExactly(
            "suite t: found no row with a value in column grid, expected rows of a grid, with the"
                + " validation split and different learning rates; use a suite that has some");
  }

  @Test
  void a_grid_on_the_test_split_or_without_training_is_refused() {
    project
        .row("a", rate("1e-2", "split=test"))
        .untrained("b", "none", "split=validation", "grid=none")
        .row("c", "split=valid", "grid=")
        .write();
    assertThat(project.problemsOf(project::read))
        .containsExactly(
            "benchmarks/t.csv:2 column grid: found 'lora' on a row that uses the test split,"
                + " expected a trained row with the validation split, since rates are never chosen"
                + " on the test split; set split to validation, or clear the grid",
            "benchmarks/t.csv:3 column grid: found 'none' on a row that trains nothing, expected a"
                + " trained row with the validation split, since rates are never chosen on the test"
                + " split; set split to validation, or clear the grid",
            "benchmarks/t.csv:4 column split: found 'valid', expected a known name; write one of"
                + " test, validation");
  }

  @Test
  void rows_of_a_grid_must_differ_only_in_their_rate() {
    project
        .row("a", rate("1e-2"))
        .row("b", rate("0.01"))
        .row("c", rate("1e-3", "batch_size=8"))
        .write();
    assertThat(project.problemsOf(project::read))
        .containsExactly(
            "benchmarks/t.csv:3 column learning_rate: found 0.01 again in grid lora, expected each"
                + " rate once; change the rate, or remove the row",
            "benchmarks/t.csv:4 column batch_size: found '8', expected '4' as in a, since rows of"
                + " grid lora differ only in learning_rate; make them equal, or use another grid");
  }
}
