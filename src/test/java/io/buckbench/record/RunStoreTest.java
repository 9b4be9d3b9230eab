package io.buckbench.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Phase;
import io.buckbench.budget.Stall;
import io.buckbench.data.Answers;
import io.buckbench.eval.AnswerSheets;
import io.buckbench.eval.Prediction;
import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonValues;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            "run suite",
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
    assertThat(drafts()).containsExactly("lock");
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
    assertThat(drafts()).containsExactly("lock");
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

  private List<String> drafts() throws IOException {
    try (Stream<Path> left = Files.list(dir.resolve("runs/.drafts"))) {
      return left.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void a_record_of_another_trial_is_refused_even_with_fresh_digests() throws IOException {
    RunRecord record = record(1, strangeAnswers());
    Path folder = store.directory(trial.id());
    for (RunRecord forged :
        List.of(RunCopy.of(record).seed(2).record(), RunCopy.of(record).suite("../x").record())) {
      commit(record);
      RunFiles.write(folder, forged);
      assertThatThrownBy(() -> store.find(trial.id()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("run.json: found the record of " + forged.id())
          .hasMessageContaining("expected that of t/lora seed 1, as the folder is named");
      assertThatThrownBy(() -> store.read("t")).isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void names_that_leave_the_store_are_refused() {
    for (String name : List.of("../x", "..", "", "a/b", "a\\b", "a\0b", "x".repeat(300))) {
      assertThatThrownBy(() -> store.read(name)).isInstanceOf(InvalidInputException.class);
      assertThatThrownBy(() -> store.find(new TrialId("t", name, 1)))
          .isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void a_folder_that_is_no_seed_is_refused_by_name() throws IOException {
    commit(record(1, strangeAnswers()));
    for (String name : List.of("seed-x", "seed-01", "seed-99999999999999999999", "seed-")) {
      Path folder = Files.createDirectories(dir.resolve("runs/t/lora").resolve(name));
      assertThatThrownBy(() -> store.read("t"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(name + ", expected seed- and a whole number");
      Files.delete(folder);
    }
  }

  @Test
  void digests_must_cover_every_file_once() throws IOException {
    commit(record(1, strangeAnswers()));
    Path sums = store.directory(trial.id()).resolve("SHA256SUMS");
    List<String> lines = Files.readAllLines(sums);
    String cost =
        lines.stream().filter(line -> line.endsWith("cost.csv")).findFirst().orElseThrow();
    List<String> twice = lines.stream().map(l -> l.endsWith("run.json") ? cost : l).toList();
    Files.write(sums, twice);
    assertThatThrownBy(() -> store.find(trial.id())).hasMessageContaining("no digest of run.json");
    Files.write(sums, List.of(cost.replace("cost.csv", "../seed-1/cost.csv")));
    assertThatThrownBy(() -> store.find(trial.id())).isInstanceOf(InvalidInputException.class);
    Files.write(sums, List.of(cost.replace("cost.csv", "cost\0.csv")));
    assertThatThrownBy(() -> store.find(trial.id())).isInstanceOf(InvalidInputException.class);
  }

  /** Every value of run.json in turn: null, gone, and of another type. */
  @Test
  void a_record_with_a_value_missing_or_of_another_type_is_refused_by_file() throws IOException {
    RunRecord record =
        RunCopy.of(record(1, strangeAnswers())).inputs(Map.of("model", "x")).record();
    commit(record);
    Path folder = store.directory(trial.id());
    Path run = folder.resolve("run.json");
    JsonMapper json = new JsonMapper();
    JsonNode whole = json.readTree(run.toFile());
    ((ObjectNode) whole).remove("brokenPromises");
    int cases = 0;
    for (JsonPointer place : JsonValues.of(whole)) {
      for (JsonNode other : JsonValues.others(json, whole.at(place))) {
        Files.writeString(run, json.writeValueAsString(JsonValues.with(whole, place, other)));
        Checksums.write(folder);
        assertThatThrownBy(() -> store.find(trial.id()))
            .as(place + " = " + other)
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining("run.json");
        cases++;
      }
    }
    assertThat(cases).isGreaterThan(100);
  }

  @Test
  void a_record_of_another_version_is_not_to_be_deleted() throws IOException {
    commit(record(1, strangeAnswers()));
    Path folder = store.directory(trial.id());
    Path run = folder.resolve("run.json");
    JsonMapper json = new JsonMapper();
    ObjectNode whole = (ObjectNode) json.readTree(run.toFile());
    ((ObjectNode) whole.path("provenance")).put("commit", "0123456789abcdef");
    ((ObjectNode) whole.path("data")).remove("leaks");
    Files.writeString(run, json.writeValueAsString(whole));
    Checksums.write(folder);
    assertThatThrownBy(() -> store.find(trial.id()))
        .hasMessageContaining(run + " key data.leaks: found ")
        .hasMessageContaining("expected a run record of this version")
        .hasMessageEndingWith(
            "read it with the program of commit 0123456789ab that wrote it, or move its folder out"
                + " of the store: the trial is then run again");
  }

  @Test
  void a_record_that_contradicts_itself_is_refused_by_file_and_key() {
    RunRecord record = record(1, strangeAnswers());
    Map<String, RunRecord> contradictions = new LinkedHashMap<>();
    contradictions.put(
        "run.json key failure", RunCopy.of(record).ended(record.status(), "x").record());
    contradictions.put(
        "run.json key failure: found nothing",
        RunCopy.of(record).ended(RunStatus.FAILED, "").record());
    contradictions.put(
        "run.json key provenance.startedAt", RunCopy.of(record).startedAt("yesterday").record());
    contradictions.put(
        "steps.csv column step: found 2 as row 1",
        RunCopy.of(record).steps(record.steps().subList(1, 2)).record());
    contradictions.forEach(
        (where, forged) -> {
          commit(forged);
          assertThatThrownBy(() -> store.find(trial.id()))
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining(where);
        });
  }

  @Test
  void tables_with_values_that_are_no_numbers_are_refused_by_line() throws IOException {
    for (String file : List.of("steps.csv", "predictions.csv")) {
      commit(record(1, strangeAnswers()));
      Path folder = store.directory(trial.id());
      Path table = folder.resolve(file);
      List<String> lines = new ArrayList<>(Files.readAllLines(table));
      lines.set(1, lines.get(1).replaceAll("[^,]+", "z"));
      Files.write(table, lines);
      Checksums.write(folder);
      assertThatThrownBy(() -> store.find(trial.id()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(file + ":2 column");
    }
  }

  /** The states between the moves of a replacement, in which a killed process leaves a store. */
  @Test
  void a_replacement_killed_between_its_moves_leaves_the_old_record_or_the_new_one()
      throws IOException {
    RunRecord old = record(1, List.of());
    RunRecord now = record(1, strangeAnswers());
    Path folder = store.directory(trial.id());
    Path incoming = folder.resolveSibling("seed-1.new");
    for (boolean oldMovedAway : List.of(false, true)) {
      commit(old);
      Path aside = Files.createDirectories(dir.resolve("aside"));
      RunFiles.write(aside, now);
      Files.move(aside, incoming);
      if (oldMovedAway) {
        Folders.delete(folder);
      }
      assertThat(store.find(trial.id())).contains(now);
      assertThat(store.read("t")).containsExactly(now);
      commit(old);
      assertThat(store.read("t")).containsExactly(old);
      assertThat(incoming).doesNotExist();
      assertThat(drafts()).containsExactly("lock");
    }
  }

  @Test
  void a_reader_finds_a_whole_record_while_it_is_replaced() throws Exception {
    RunRecord old = record(1, List.of());
    RunRecord now = record(1, strangeAnswers());
    commit(old);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Future<?> writer =
        pool.submit(
            () -> {
              for (int i = 0; i < 30; i++) {
                commit(i % 2 == 0 ? now : old);
              }
            });
    while (!writer.isDone()) {
      assertThat(store.find(trial.id()).orElseThrow()).isIn(old, now);
    }
    writer.get();
    pool.shutdown();
  }

  @Test
  void drafts_of_dead_processes_are_swept_and_those_of_living_ones_kept() throws IOException {
    Path drafts = Files.createDirectories(dir.resolve("runs/.drafts"));
    for (String name : List.of("of-earlier-versions", "dead", "dead.old")) {
      Files.createDirectories(drafts.resolve(name).resolve("adapter"));
    }
    Files.createFile(drafts.resolve("dead.alive"));
    try (RunStore.Draft living = store.draft();
        RunStore.Draft other = new RunStore(dir.resolve("runs")).draft()) {
      assertThat(living.directory()).isDirectory();
      assertThat(other.directory()).isDirectory();
      assertThat(drafts()).hasSize(5).doesNotContain("dead", "dead.old", "of-earlier-versions");
    }
    assertThat(drafts()).containsExactly("lock");
  }

  @Test
  void a_record_that_cannot_be_stored_is_kept_in_a_second_place() throws IOException {
    try (RunStore.Draft draft = store.draft()) {
      Files.createDirectories(draft.directory().resolve("adapter"));
      Files.writeString(draft.directory().resolve("adapter/weights"), "w");
      Files.writeString(dir.resolve("runs/t"), "a file where the suite's folder should be");
      RunRecord record = record(1, strangeAnswers());
      StoreWriteException e =
          catchThrowableOfType(StoreWriteException.class, () -> draft.commit(record));
      Matcher kept = Pattern.compile("were kept in (\\S+): free").matcher(e.getMessage());
      assertThat(kept.find()).as(e.getMessage()).isTrue();
      Path second = Path.of(kept.group(1));
      assertThat(second.resolve("adapter/weights")).hasContent("w");
      assertThat(RunFiles.read(second)).isEqualTo(record);
      Folders.delete(second);
    }
  }
}
