package io.buckbench.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.cli.BuckBench;
import io.buckbench.files.Folders;
import io.buckbench.files.WorkTree;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.record.TrialId;
import io.buckbench.repeat.Repeat;
import io.buckbench.repeat.Repetition;
import io.buckbench.suite.Project;
import io.buckbench.suite.Trial;
import io.buckbench.trial.TrialListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that run a trial again, on tiny models. */
class RepeatEndurance {
  private static final TrialId LORA = new TrialId(KillSuite.NAME, "lora", 1);

  @TempDir Path dir;
  private KillSuite suite;

  @BeforeEach
  void project() throws IOException {
    suite = KillSuite.write(dir);
  }

  private Child command(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--project", dir.toString()));
    return Child.start(
        Map.of(),
        List.of("-Dbuckbench.device=cpu", "-Dbuckbench.runs=" + dir.resolve("runs")),
        BuckBench.class,
        all.toArray(String[]::new));
  }

  private String output(int status, String... arguments) throws InterruptedException {
    try (Child child = command(arguments)) {
      assertThat(child.exitStatus()).as(child.output()).isEqualTo(status);
      return child.output();
    }
  }

  @Test
  void repeat_says_that_a_row_is_bit_identical_or_where_it_first_differs() throws Exception {
    String said =
        output(0, "repeat", KillSuite.NAME, "lora|ptuning", "--steps", "3", "--seed", "2");
    assertThat(said)
        .containsPattern(
            "t/lora seed 2: bit-identical \\(3 steps, 24 states of trained tensors, 8 an")
        .containsPattern(
            "t/ptuning seed 2: bit-identical \\(3 steps, \\d+ states of trained tensors");

    // Between the two runs the model changes.
    Path model = dir.resolve("models/tiny/model.safetensors");
    Trial trial = suite.trials().get(0);
    Repetition repetition =
        new Repeat(Project.at(dir), dir.resolve("repeat"), OptionalInt.of(2))
            .of(
                trial,
                new TrialListener() {
                  @Override
                  public void finished(Trial ended, RunRecord record, boolean fromStore) {
                    change(model);
                  }
                });
    assertThat(repetition.identical()).isFalse();
    assertThat(repetition.words())
        .contains("t/lora seed 1: not bit-identical; they first differ in step 1: loss: ")
        // The first step warms up, at a rate of zero.
        .contains("; trained values after step 2, tensor base_model.model.");
    System.out.println("repeat: equal runs and a planted difference: " + repetition.words());
  }

  /** Changes the sign of the weights in the last half of a model's file. */
  private static void change(Path model) {
    try {
      byte[] bytes = Files.readAllBytes(model);
      for (int last = bytes.length - 1; last > bytes.length / 2; last -= Float.BYTES) {
        bytes[last] ^= (byte) 0x80;
      }
      Files.write(model, bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void reproduce_runs_a_record_again_or_lists_what_is_missing() throws Exception {
    git("init", "-q");
    Files.writeString(dir.resolve(".gitignore"), "runs*/\ntarget/\nmodels/\n");
    Files.copy(Path.of("benchmarks/hypotheses.csv"), dir.resolve("benchmarks/hypotheses.csv"));
    Files.writeString(dir.resolve("mvnw"), mvnw());
    assertThat(dir.resolve("mvnw").toFile().setExecutable(true)).isTrue();
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "a suite");
    output(0, "run", KillSuite.NAME, "--only", "lora", "--seeds", "1");
    RunStore store = new RunStore(dir.resolve("runs"));
    RunRecord record = store.find(LORA).orElseThrow();
    String place = store.directory(LORA).toString();
    assertThat(record.provenance().command()).startsWith("run t --only lora --seeds 1 --project ");
    assertThat(record.provenance().commit()).isEqualTo(new WorkTree(dir).commit().orElseThrow());

    assertThat(output(0, "reproduce", place))
        .contains("by commit " + record.provenance().commit() + ", command 'run t --only lora")
        .contains("run again by this program, which is the record's")
        .contains("t/lora seed 1: bit-identical (12 steps, 8 answers)");

    // The record of another program: that of its commit runs it, here a script.
    Files.createDirectories(dir.resolve("runs-before"));
    Folders.copy(store.directory(), dir.resolve("runs-before"));
    Map<String, String> inputs = new LinkedHashMap<>(record.provenance().sha256());
    inputs.put("program", "0".repeat(64));
    try (RunStore.Draft draft = store.draft()) {
      draft.commit(RunCopy.of(record).inputs(inputs).record());
    }
    assertThat(output(0, "reproduce", place))
        .contains("run again by its own program, of commit " + record.provenance().commit())
        .contains("another input: input program: 0000")
        .doesNotContain("another input: column")
        .contains("t/lora seed 1: bit-identical (12 steps, 8 answers)");

    // A model that is missing is listed before anything is built.
    Path model = dir.resolve("models/tiny/model.safetensors");
    Files.move(model, dir.resolve("elsewhere"));
    assertThat(output(2, "reproduce", place))
        .contains("error: " + place + "/run.json sha256.model: found ")
        .contains("restore the data set control, or ", "models/tiny, or compare all the same");
    Files.move(dir.resolve("elsewhere"), model);

    // Back to the record of this program, with other data.
    try (RunStore.Draft draft = store.draft()) {
      draft.commit(record);
    }
    Path data = dir.resolve("datasets/control/train.jsonl");
    List<String> rows = Files.readAllLines(data);
    Files.write(data, rows.subList(0, rows.size() - 4));
    assertThat(output(2, "reproduce", place))
        .contains("error: " + place + "/run.json sha256.data: found ")
        .contains(", expected " + record.provenance().sha256().get("data"))
        .contains("restore it, or compare all the same with --anyway");
    assertThat(output(1, "reproduce", place, "--anyway"))
        .contains("another input: input data: ")
        .contains("t/lora seed 1: not bit-identical; they first differ in step ");
    System.out.println("reproduce: this program, that of the commit, other data: as documented");
  }

  /** Maven's wrapper: copies the records that were made before, if it has the untracked model. */
  private String mvnw() {
    return """
        #!/bin/sh
        case "$*" in *exec:java*)
          test -s models/tiny/model.safetensors && mkdir -p target && cp -r "%s" target/runs;;
        esac
        """
        .formatted(dir.resolve("runs-before"));
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", dir.toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
