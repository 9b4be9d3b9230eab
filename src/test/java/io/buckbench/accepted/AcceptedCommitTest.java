package io.buckbench.accepted;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.accepted.AcceptedTraining.Trained;
import io.buckbench.files.Folders;
import io.buckbench.files.WorkTree;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repository whose Maven wrapper is a script: it writes down its arguments, and for {@code
 * exec:java} copies records that were made before.
 */
class AcceptedCommitTest {
  private static final String SUITE =
      """
      # a comment, with a comma
      id,method,seeds,note
      lora-r4,lora,1 2 3,"a note, quoted"
      full,full,1 2 3,
      """;

  private static final String MVNW =
      """
      #!/bin/sh
      echo "$@" >> calls
      case "$*" in *exec:java*) mkdir -p target && cp -r "%s" target/runs;; esac
      """;

  @TempDir Path folder;
  private Path repository;
  private String accepted;

  @BeforeEach
  void commit_twice() throws Exception {
    repository = Files.createDirectories(folder.resolve("repository"));
    List<RunRecord> records = new ArrayList<>();
    for (long seed : List.of(17L, 18L)) {
      RunRecord run = SyntheticSuite.record(SyntheticSuite.trial("lora-r4", 1), 30);
      records.add(RunCopy.of(run).seed(seed).record());
    }
    SyntheticSuite.store(folder, records);
    write("mvnw", MVNW.formatted(folder.resolve("runs")));
    assertThat(repository.resolve("mvnw").toFile().setExecutable(true)).isTrue();
    write("benchmarks/mini.csv", SUITE);
    write(".gitignore", "target/\n");
    git("init", "-q");
    git("add", ".");
    commit("accepted");
    accepted = new WorkTree(repository).commit().orElseThrow();
    write("mvnw", "#!/bin/sh\nexit 1\n");
    git("add", ".");
    commit("a change that cannot be built");
  }

  private void write(String name, String text) throws IOException {
    Path file = repository.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void commit(String message) throws IOException, InterruptedException {
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", message);
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private Trained train(String commit, String row, Duration limit, Long... seeds) {
    return new AcceptedCommit(repository, repository.resolve("target/accepted"), limit)
        .train(commit, "mini", Map.of(row, List.of(seeds)));
  }

  private Trained train(String commit, Long... seeds) {
    return train(commit, "lora-r4", Duration.ofMinutes(1), seeds);
  }

  @Test
  void the_commit_is_built_and_run_by_its_own_command_line_on_the_fresh_seeds() throws Exception {
    Trained trained = train(accepted, 17L, 18L);
    assertThat(trained.words())
        .isEqualTo("the accepted commit " + accepted.substring(0, 12) + " was trained here too");
    assertThat(trained.records()).extracting(RunRecord::seed).containsExactly(17L, 18L);
    Path tree = repository.resolve("target/accepted").resolve(accepted.substring(0, 12));
    // This build's device, workers and heap are passed on.
    assertThat(Files.readAllLines(tree.resolve("calls")))
        .extracting(call -> call.replaceAll(" -Dbuckbench\\S+", ""))
        .containsExactly(
            "-o -q -B -ntp -DskipTests -Dspotless.check.skip compile",
            "-o -q -B -ntp exec:java -Dexec.args=run mini --only lora-r4");
    assertThat(tree.resolve("benchmarks/mini.csv"))
        .hasContent(
            "id,method,seeds,note\nlora-r4,lora,17 18,\"a note, quoted\"\nfull,full,1 2 3,\n");
    assertThat(repository.resolve("benchmarks/mini.csv")).as("the work tree").hasContent(SUITE);

    train(accepted, 17L, 18L);
    assertThat(Files.readAllLines(tree.resolve("calls"))).as("recorded trials").hasSize(2);
  }

  @Test
  void untracked_data_and_models_are_linked_and_tracked_ones_are_those_of_the_commit()
      throws Exception {
    write(".gitignore", "target/\n/models/\n/datasets/b/\n");
    write("datasets/a/train.jsonl", "accepted");
    write(
        "benchmarks/models.csv",
        "id,directory,hub,revision,sha256,licence,note\nm,models/m,,,,MIT,\n");
    git("add", ".");
    commit("with a data set");
    String tracked = new WorkTree(repository).commit().orElseThrow();
    write("datasets/a/train.jsonl", "changed since");
    write("datasets/b/train.jsonl", "untracked");
    write("models/m/weights/model.safetensors", "weights");
    train(tracked, 17L);
    Path tree = repository.resolve("target/accepted").resolve(tracked.substring(0, 12));
    assertThat(tree.resolve("datasets/a/train.jsonl")).hasContent("accepted");
    assertThat(tree.resolve("datasets/b/train.jsonl")).isSymbolicLink().hasContent("untracked");
    assertThat(tree.resolve("models/m/weights/model.safetensors")).hasContent("weights");
    Folders.delete(tree);
    assertThat(repository.resolve("models/m/weights/model.safetensors")).exists();
  }

  @Test
  void a_repository_without_the_program_says_so() throws Exception {
    git("rm", "-q", "mvnw");
    commit("only a suite");
    String other = new WorkTree(repository).commit().orElseThrow();
    assertThat(train(other, 17L).words())
        .contains("repository has no mvnw", "its commits are not those of the program");
  }

  @Test
  void a_commit_that_cannot_be_trained_is_no_error_and_says_why() throws Exception {
    String unknown = "0123456789abcdef0123456789abcdef01234567";
    assertThat(train(unknown, 17L).records()).isEmpty();
    assertThat(train(unknown, 17L).words())
        .startsWith("the accepted commit 0123456789ab was not trained here, so the accepted trials")
        .contains("git does not have the commit", "fetch it");
    assertThat(train("unknown", 17L).words()).contains("git does not have the commit");

    String broken = new WorkTree(repository).commit().orElseThrow();
    assertThat(train(broken, 17L).words()).contains("its build ended with status 1", ".log");
    write("mvnw", "#!/bin/sh\necho error: t.csv: no model; echo more; exit 2\n");
    git("add", ".");
    commit("complains");
    assertThat(train(new WorkTree(repository).commit().orElseThrow(), 17L).words())
        .contains("its build ended with status 2 (t.csv: no model)");
    assertThat(train(accepted, 19L).words()).contains("not all of its trials have a completed");
    assertThat(train(accepted, "ia3", Duration.ofMinutes(1), 17L).words())
        .contains("its suite has no row ia3");
  }

  @Test
  void a_build_that_takes_too_long_is_ended() throws Exception {
    write("mvnw", "#!/bin/sh\nsleep 60\n");
    git("add", ".");
    commit("slow");
    String slow = new WorkTree(repository).commit().orElseThrow();
    long start = System.nanoTime();
    assertThat(train(slow, "lora-r4", Duration.ofMillis(300), 17L).words())
        .contains("its build did not end in time", "raise -D" + EarlierProgram.MINUTES);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }
}
