package io.buckbench.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Phase;
import io.buckbench.budget.Stall;
import io.buckbench.data.Answers;
import io.buckbench.eval.AnswerSheets;
import io.buckbench.eval.Prediction;
import io.buckbench.input.InvalidInputException;
import io.buckbench.promise.Inspection;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepMetric;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
  @TempDir Path dir;
  private Trial trial;
  private RunStore store;

  @BeforeEach
  void store() throws IOException {
    Suite suite = new ProjectFixture(dir).row("lora", "seeds=1 2").write().read();
    trial = suite.trials().get(0);
    store = new RunStore(dir.resolve("runs"));
  }

  private static RunRecord record(long seed, List<Prediction> predictions) {
    Map<String, String> declared = new LinkedHashMap<>();
    declared.put("usd", "0.50");
    declared.put("note", "ü, \"quoted\"\nand broken");
    return new RunRecord(
        "t",
        "lora",
        seed,
        RunStatus.COMPLETED,
        "",
        new Declaration(declared),
        new Provenance(
            "2026-11-23T12:00:00Z",
            "abc",
            true,
            "cpu",
            "a processor",
            "float32",
            2,
            1,
            Map.of(),
            Map.of("deterministic", false),
            Map.of()),
        12,
        1L << 40,
        "ff",
        new Inspection(false, 2, 12, "lora_A", 1),
        new Truncated(17, 2),
        new DataFacts(Answers.YES_NO),
        List.of(
            new StepMetric(1, 0.1 + 0.2, 1e-300, Double.NaN, 1L << 33, 0.25),
            new StepMetric(2, Double.POSITIVE_INFINITY, 0, -0.0, 0, 1.0 / 3)),
        new CostLedger(
            "cpu-2",
            BudgetClock.PLANNED,
            new BigDecimal("0.50"),
            2,
            List.of("$0.50 = 3 s"),
            List.of(
                new CostLedger.Entry(Phase.LOAD, 0.1, new BigDecimal("0.000000000000"), false),
                new CostLedger.Entry(Phase.TRAIN, 1.5, new BigDecimal("0.000000000123"), true)),
            List.of(new Stall(2, 0.3, 0.05, true))),
        predictions,
        new SideEffects(8.5, Double.POSITIVE_INFINITY, 0.1 + 0.2, Double.NaN, 1L << 40, 0));
  }

  private static List<Prediction> strangeAnswers() {
    List<Prediction> predictions = new ArrayList<>();
    for (String text :
        List.of(
            "",
            " ",
            " yes",
            "no ",
            "\n",
            "\r\n",
            "a,b",
            "\"",
            "\"\"x\"",
            "#",
            "# yes",
            "\\N",
            "\u00a0",
            "\ufffd\ud83d\ude00",
            "line\nbreak",
            "tab\t",
            "'",
            "\u0000",
            "\r")) {
      predictions.add(
          AnswerSheets.yesNo("f:" + predictions.size(), "", true, text, -0.5, Double.NaN));
    }
    predictions.add(
        AnswerSheets.yesNo("#id, odd", "binding", false, "no", -1e-17, Double.NEGATIVE_INFINITY));
    return predictions;
  }

  private void commit(RunRecord record) {
    try (RunStore.Draft draft = store.draft()) {
      draft.commit(record);
    }
  }

  @Test
  void a_record_reads_back_equal() {
    RunRecord record = record(1, strangeAnswers());
    assertThat(store.find(trial.id())).isEmpty();
    commit(record);
    assertThat(store.find(trial.id())).contains(record);
    assertThat(store.find(trial.id()).orElseThrow().declared().columns().keySet())
        .containsExactly("usd", "note");
    assertThat(store.read("t")).containsExactly(record);
    assertThat(store.suites()).containsExactly("t");
  }

  @Test
  void a_record_reads_back_with_its_broken_promises_which_the_file_lists() throws IOException {
    RunRecord record = record(1, strangeAnswers());
    commit(record);
    RunRecord found = store.find(trial.id()).orElseThrow();
    assertThat(found.broken()).isEqualTo(record.broken()).hasSize(5);
    assertThat(store.directory(trial.id()).resolve("run.json"))
        .content()
        .contains("\"parameters are finite: 12 numbers are not, the first in lora_A\"")
        .contains("\"logits are finite: 1 answers were chosen by logits that are not\"");
  }

  @Test
  void a_draft_that_is_not_committed_leaves_nothing() throws IOException {
    try (RunStore.Draft draft = store.draft()) {
      Files.writeString(draft.directory().resolve("adapter.bin"), "half");
    }
    assertThat(store.find(trial.id())).isEmpty();
    try (Stream<Path> left = Files.list(dir.resolve("runs/.drafts"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void a_commit_replaces_the_whole_earlier_record() throws IOException {
    try (RunStore.Draft draft = store.draft()) {
      Files.createDirectories(draft.directory().resolve("adapter"));
      Files.writeString(draft.directory().resolve("adapter/weights"), "w");
      draft.commit(record(1, List.of()));
    }
    assertThat(store.directory(trial.id()).resolve("adapter/weights")).exists();
    commit(record(1, strangeAnswers()));
    assertThat(store.find(trial.id())).contains(record(1, strangeAnswers()));
    assertThat(store.directory(trial.id()).resolve("adapter")).doesNotExist();
  }

  @Test
  void concurrent_commits_leave_one_complete_record() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      // Each thread has its own store object, as separate processes do.
      RunStore own = new RunStore(dir.resolve("runs"));
      all.add(
          pool.submit(
              () -> {
                try (RunStore.Draft draft = own.draft()) {
                  draft.commit(record(1, strangeAnswers()));
                }
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    pool.shutdown();
    assertThat(store.find(trial.id())).contains(record(1, strangeAnswers()));
    try (Stream<Path> left = Files.list(dir.resolve("runs/.drafts"))) {
      assertThat(left.filter(Files::isDirectory)).isEmpty();
    }
  }

  @Test
  void a_damaged_file_is_refused_by_name() throws IOException {
    commit(record(1, strangeAnswers()));
    Path folder = store.directory(trial.id());
    for (String name : List.of("run.json", "steps.csv", "predictions.csv", "cost.csv")) {
      Path file = folder.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      byte[] damaged = whole.clone();
      damaged[damaged.length / 2] ^= 1;
      Files.write(file, damaged);
      assertThatThrownBy(() -> store.find(trial.id()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(name + ": found sha256 ")
          .hasMessageContaining("delete the folder; it is recreated when needed");
      Files.delete(file);
      assertThatThrownBy(() -> store.find(trial.id()))
          .hasMessageContaining(name + ": found no such");
      Files.write(file, whole);
    }
    Files.writeString(folder.resolve("SHA256SUMS"), "rubbish\n");
    assertThatThrownBy(() -> store.find(trial.id())).hasMessageContaining("found 'rubbish'");
    Files.delete(folder.resolve("SHA256SUMS"));
    assertThatThrownBy(() -> store.find(trial.id()))
        .hasMessageContaining("SHA256SUMS: found no such");
  }

  @Test
  void a_store_that_cannot_be_written_is_refused() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertThatThrownBy(() -> new RunStore(file).draft())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("name another with -Dbuckbench.runs");
  }
}
