package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.findings.Findings;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.RunFixtures;
import io.buckbench.golden.GoldenStore;
import io.buckbench.golden.SuiteResults;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code compare} with all combinations of inputs, and with invalid inputs. */
class CompareCommandTest {
  private static final List<RunRecord> GOOD = RunFixtures.row("lora_8", 340, 180);
  private static final List<RunRecord> BAD = RunFixtures.row("lora_8", 300, 0);

  @TempDir Path folder;

  private Path hypotheses;
  private String out;
  private String err;

  @BeforeEach
  void declare_a_hypothesis() throws IOException {
    hypotheses =
        Files.writeString(
            Files.createDirectories(folder.resolve("benchmarks")).resolve("hypotheses.csv"),
            """
            id,claim,suites,subject,reference,metric,by,margin,min_effect,sentence,declared,source
            beats,beats,smoke,method=lora,@all-yes,accuracy,,0,2,LoRA beats all-yes,2026-01-01,ours
            """);
  }

  private int compare(Path a, Path b, String... options) {
    List<String> args = new ArrayList<>(List.of("compare", a.toString(), b.toString()));
    args.addAll(List.of("--project", folder.toString()));
    args.addAll(List.of(options));
    CommandLine line = BuckBench.commandLine();
    StringWriter printed = new StringWriter();
    StringWriter complained = new StringWriter();
    line.setOut(new PrintWriter(printed));
    line.setErr(new PrintWriter(complained));
    int code = line.execute(args.toArray(String[]::new));
    out = printed.toString();
    err = complained.toString();
    return code;
  }

  private Path store(String name, List<RunRecord> runs) {
    RunStore store = new RunStore(folder.resolve(name));
    for (RunRecord run : runs) {
      try (RunStore.Draft draft = store.draft()) {
        draft.commit(run);
      }
    }
    return store.directory();
  }

  private Path golden(String name, List<RunRecord> runs) {
    return new GoldenStore(folder.resolve(name))
        .write(SuiteResults.of(runs, Findings.judge(Hypotheses.read(hypotheses), runs)));
  }

  private static List<RunRecord> with(List<RunRecord> runs, String suite, Provenance provenance) {
    return runs.stream()
        .map(run -> RunCopy.of(run).suite(suite).provenance(provenance).record())
        .toList();
  }

  private static Provenance madeAt(String startedAt, String commit, String deviceClass) {
    return madeAt(startedAt, commit, deviceClass, RunFixtures.PROVENANCE.sha256());
  }

  private static Provenance madeAt(
      String startedAt, String commit, String deviceClass, Map<String, String> sha256) {
    Provenance p = RunFixtures.PROVENANCE;
    return new Provenance(
        startedAt,
        commit,
        false,
        p.command(),
        deviceClass,
        p.device(),
        "float32",
        p.threads(),
        p.workers(),
        p.versions(),
        p.pytorchFlags(),
        sha256);
  }

  @Test
  void equal_results_of_either_kind_are_the_same() {
    Path file = golden("golden", GOOD);
    Path store = store("runs", GOOD);
    for (Path a : List.of(file, store)) {
      for (Path b : List.of(file, store)) {
        assertThat(compare(a, b)).as(a + " " + b).isEqualTo(BuckBench.OK);
        assertThat(out)
            .contains("accepted: " + a + ", " + (a == file ? "golden file" : "run store"))
            .contains("now: " + b)
            .contains("  smoke, cpu-x86_64-avx512-t2, commit 0123456789ab, 3 trials of 1 row\n")
            .contains("\nsmoke, exact: the same device class")
            .contains("as accepted, within what is allowed\n  lora_8: SAME;");
      }
    }
  }

  @Test
  void a_regression_is_shown_with_its_evidence() {
    Path accepted = golden("golden", GOOD);
    for (Path now : List.of(golden("worse", BAD), store("runs", BAD))) {
      assertThat(compare(accepted, now, "--flips", "3")).isEqualTo(BuckBench.BROKEN_PROMISE);
      assertThat(out)
          .contains("NOT AS ACCEPTED\n")
          .contains("  verdict-changed: beats/lora_8, accepted SUPPORTED, now REFUTED\n")
          .contains("! lora_8: REGRESSED", "change -36.56 points (95 % interval", "allowed 1.00")
          .contains("p = ", "would be missed (80 % power)", "differences: seed 1: answers differ")
          .contains("\n      row-298 (y): yyy -> nyy\n")
          .contains("\n      and 223 more test items\n");
      assertThat(out.lines().filter(l -> l.startsWith("      row-"))).hasSize(3);
    }
    assertThat(compare(store("runs", BAD), accepted)).isEqualTo(BuckBench.BROKEN_PROMISE);
    assertThat(out).contains("! lora_8: IMPROVED");
  }

  @Test
  void changed_answers_can_be_counted_without_being_shown() {
    assertThat(compare(golden("golden", GOOD), store("runs", BAD), "--flips", "0"))
        .isEqualTo(BuckBench.BROKEN_PROMISE);
    assertThat(out).contains("\n      answers to 226 test items changed\n").doesNotContain("row-");
  }

  @Test
  void all_common_suites_are_compared_unless_one_is_named() {
    List<RunRecord> two = new ArrayList<>(GOOD);
    two.addAll(with(BAD, "extra", RunFixtures.PROVENANCE));
    Path a = store("a", two);
    List<RunRecord> other = new ArrayList<>(GOOD);
    other.addAll(with(GOOD, "extra", RunFixtures.PROVENANCE));
    Path b = store("b", other);
    assertThat(compare(a, b)).isEqualTo(BuckBench.BROKEN_PROMISE);
    assertThat(out).contains("\nextra, exact", "\nsmoke, exact");
    assertThat(compare(a, b, "--suite", "smoke")).isEqualTo(BuckBench.OK);
    assertThat(out).contains("\nsmoke, exact").doesNotContain("extra");
    assertThat(compare(a, golden("golden", GOOD))).as("only smoke").isEqualTo(BuckBench.OK);
  }

  @Test
  void a_missing_trial_breaks_the_gate_unless_only_common_ones_are_compared() {
    Path accepted = golden("golden", GOOD);
    Path some = store("runs", GOOD.subList(1, 2));
    assertThat(compare(accepted, some)).isEqualTo(BuckBench.BROKEN_PROMISE);
    assertThat(out).contains("seed 1: accepted and not run now");
    assertThat(compare(accepted, some, "--only-common")).isEqualTo(BuckBench.OK);
    assertThat(out).contains("a selection: 1 of 3 accepted trials");
  }

  @Test
  void records_of_an_earlier_commit_are_left_out_and_counted() {
    List<RunRecord> mixed = new ArrayList<>(GOOD);
    String device = RunFixtures.PROVENANCE.deviceClass();
    mixed.addAll(
        with(
            RunFixtures.row("ia3", 340, 180),
            "smoke",
            madeAt("2026-01-01T00:00:00Z", "old", device)));
    assertThat(compare(golden("golden", GOOD), store("runs", mixed))).isEqualTo(BuckBench.OK);
    assertThat(out).contains("left out: 3 records of another program").doesNotContain("ia3");
  }

  @Test
  void records_of_an_earlier_commit_with_the_same_program_are_compared() {
    List<RunRecord> earlier = with(GOOD, "smoke", of("program", "2026-01-01T00:00:00Z", "old"));
    List<RunRecord> later =
        with(
            RunFixtures.row("ia3", 340, 180),
            "smoke",
            of("program", "2026-01-02T00:00:00Z", "new"));
    List<RunRecord> both = new ArrayList<>(earlier);
    both.addAll(later);
    assertThat(compare(golden("golden", both), store("same", both))).isEqualTo(BuckBench.OK);
    assertThat(out).contains("commit new, 6 trials of 2 rows").doesNotContain("left out");

    List<RunRecord> changed =
        new ArrayList<>(with(GOOD, "smoke", of("other", "2026-01-01T00:00:00Z", "old")));
    changed.addAll(later);
    assertThat(compare(golden("golden", later), store("other", changed))).isEqualTo(BuckBench.OK);
    assertThat(out).contains("left out: 3 records of another program");
  }

  private static Provenance of(String program, String startedAt, String commit) {
    Map<String, String> digests = new LinkedHashMap<>(RunFixtures.PROVENANCE.sha256());
    digests.put("program", program);
    return madeAt(startedAt, commit, RunFixtures.PROVENANCE.deviceClass(), digests);
  }

  @Test
  void another_device_class_is_compared_by_statistics() {
    List<RunRecord> elsewhere =
        with(GOOD, "smoke", madeAt("2026-11-24T00:00:00Z", "fedcba", "cuda-sm_70-t8"));
    assertThat(compare(golden("golden", GOOD), store("runs", elsewhere))).isEqualTo(BuckBench.OK);
    assertThat(out)
        .contains("statistical: device class cpu-x86_64-avx512-t2 -> cuda-sm_70-t8")
        .contains("lora_8: SAME");
  }

  @Test
  void a_suspected_row_is_called_not_confirmed_with_what_confirms_it() {
    List<RunRecord> elsewhere =
        with(BAD, "smoke", madeAt("2026-11-24T00:00:00Z", "fedcba", "cuda-sm_70-t8"));
    assertThat(compare(golden("golden", GOOD), store("runs", elsewhere)))
        .isEqualTo(BuckBench.BROKEN_PROMISE);
    assertThat(out)
        .contains("! lora_8: SUSPECTED")
        .contains("not confirmed: lora_8 may have changed by chance. To confirm it, declare the")
        .contains("seeds 4 5 6 7 8 9 10 11 for it in smoke, run it with both programs on this");
  }

  @Test
  void inputs_that_are_neither_a_store_nor_a_golden_file_are_refused_together() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
    assertThat(compare(folder.resolve("none"), text)).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err)
        .contains("none: found no such file, expected a run store, or a golden file; give the")
        .contains("notes.txt: found neither a folder nor a .json file, expected a run store");
    assertThat(out).isEmpty();

    Path json = Files.writeString(folder.resolve("other.json"), "{\"a\": 1}");
    assertThat(compare(json, golden("golden", GOOD))).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err)
        .contains("other.json key format: found no such key")
        .contains("a golden file as -Dgolden=accept writes it");
  }

  @Test
  void a_directory_without_records_is_refused() {
    Path file = golden("golden", GOOD);
    assertThat(compare(file.getParent(), file)).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err).contains("golden: found a folder without run records", "one golden/*.json");
    Path store = store("runs", GOOD);
    assertThat(compare(store.resolve("smoke"), file)).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err).contains("give the folder that holds a folder for each suite");
  }

  @Test
  void without_a_common_suite_there_is_nothing_to_compare() {
    Path other = store("runs", with(GOOD, "extra", RunFixtures.PROVENANCE));
    Path file = golden("golden", GOOD);
    assertThat(compare(file, other)).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err).contains("compare: found suites [smoke] and [extra], expected a suite on both");
    assertThat(compare(file, other, "--suite", "smok")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err)
        .contains("no suite 'smok', only [smoke]", "did you mean smoke?")
        .contains("no suite 'smok', only [extra]");
  }

  @Test
  void a_damaged_record_and_a_damaged_golden_file_are_reported() throws IOException {
    Path store = store("runs", GOOD);
    Path steps = store.resolve("smoke/lora_8/seed-2/steps.csv");
    Files.writeString(steps, Files.readString(steps).replace("1.5", "1.6"));
    Path file = golden("golden", GOOD);
    Files.writeString(file, Files.readString(file).substring(0, 700));
    assertThat(compare(file, store)).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err)
        .contains("seed-2/steps.csv: found sha256", "delete the folder")
        .contains(".json:", "restore it from version control");
  }

  @Test
  void a_run_store_needs_hypotheses_and_golden_files_do_not() throws IOException {
    Path file = golden("golden", GOOD);
    Files.delete(hypotheses);
    assertThat(compare(file, store("runs", GOOD))).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err).contains("hypotheses.csv");
    assertThat(compare(file, file)).isEqualTo(BuckBench.OK);
  }

  @Test
  void a_negative_number_of_flips_is_refused() {
    Path file = golden("golden", GOOD);
    assertThat(compare(file, file, "--flips", "-1")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err).contains("--flips: found -1");
  }
}
