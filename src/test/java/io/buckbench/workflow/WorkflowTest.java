package io.buckbench.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.buckbench.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our workflows, executed in a repository whose {@code mvnw} and {@code buckbench} only write what
 * the real ones would.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the steps are shell")
class WorkflowTest {
  private static final Path WORKFLOWS = Path.of(".github/workflows");

  /** Writes a report; with the history, also a run. Fails if the repository says so. */
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      set -e
      case "$*" in *-Dbuckbench.suite=*) suite=paper-steps ;; *) suite=smoke ;; esac
      mkdir -p target/report/$suite target/allure-report target/allure-report-$suite
      echo "# $suite: $(cat result)" >target/report/$suite/summary.md
      cp summary.json target/report/$suite/
      touch target/allure-report/index.html target/allure-report-$suite/index.html
      case "$*" in *-Dbuckbench.history*) echo "{\\"date\\":\\"$(cat result)\\"}" >>golden/history/smoke.jsonl ;; esac
      echo "mvnw $*"
      [ "$(cat result)" != broken ]
      """;

  /** Prints its arguments, and writes what run and merge write. */
  private static final String PROGRAM =
      """
      #!/usr/bin/env bash
      echo "buckbench $*"
      for word in "$@"; do case $word in -Dbuckbench.runs=*) mkdir -p "${word#*=}/$6" && touch "${word#*=}/$6/run.json" ;; esac; done
      case "$*" in *--out*) mkdir -p target/judged && touch target/judged/run.json ;; esac
      """;

  private static final String SUMMARY =
      """
      {"changes": {"items": [
        {"subject": "ROW", "target": "lora", "words": "REGRESSED; accuracy 75.0 -> 62.0"},
        {"subject": "ROW", "target": "ia3", "words": "INCONCLUSIVE; accuracy 75.0 -> 74.0"},
        {"subject": "VERDICT", "target": "beats/lora", "words": "SUPPORTED -> REFUTED"}]}}
      """;

  @TempDir Path folder;
  private Path repository;
  private GitHubRecorder github;
  private int runs;

  @BeforeEach
  void repository() throws IOException, InterruptedException {
    for (String command : List.of("curl", "jq", "git")) {
      assumeTrue(has(command), () -> "this machine has no " + command);
    }
    github = new GitHubRecorder();
    repository = Files.createDirectories(folder.resolve("repository"));
    for (Path part : List.of(Path.of("deploy", "ci"), WORKFLOWS)) {
      Folders.copy(part, repository.resolve(part.toString()));
    }
    for (Path script : Folders.files(repository.resolve("deploy/ci"))) {
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }
    write("mvnw", MAVEN).toFile().setExecutable(true);
    write("buckbench", PROGRAM).toFile().setExecutable(true);
    write("summary.json", SUMMARY);
    write("golden/smoke.here.json", "{}");
    write("golden/history/smoke.jsonl", "{\"date\":\"1\"}\n");
    write("result", "2");
    git("init", "--quiet", "--initial-branch=main");
    commit("accepted");
  }

  private static boolean has(String command) throws IOException, InterruptedException {
    return new ProcessBuilder("bash", "-c", "command -v " + command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private Path write(String file, String text) throws IOException {
    Path path = repository.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private void commit(String message) throws IOException, InterruptedException {
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", message);
  }

  private String git(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of(words));
    Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(git.getInputStream().readAllBytes());
    assertThat(git.waitFor()).as(output).isZero();
    return output;
  }

  @AfterEach
  void close() {
    if (github != null) {
      github.close();
    }
  }

  /** The next run of a workflow; artifacts of other runs are not in it. */
  private LocalRunner runner() {
    runs++;
    return new LocalRunner(repository, folder.resolve("run-" + runs), github.environment())
        .with("github.token", GitHubRecorder.TOKEN);
  }

  private static Workflow workflow(String name) throws IOException {
    return Workflow.read(WORKFLOWS.resolve(name + ".yml"));
  }

  private static void succeeds(LocalRunner.Result result) {
    assertThat(result.succeeded()).as(result.output()).isTrue();
  }

  @Test
  void a_push_is_verified_and_its_report_becomes_an_artifact_and_a_page() throws Exception {
    LocalRunner runner = runner();
    LocalRunner.Result verified = runner.run(workflow("verify"), "verify");
    succeeds(verified);
    assertThat(verified.output()).contains("mvnw -B -ntp verify\n");
    assertThat(verified.summary()).isEqualTo("# smoke: 2\n");
    assertThat(runner.artifact("report").resolve("report/smoke/summary.md")).exists();
    assertThat(runner.artifact("report").resolve("allure-report/index.html")).exists();
    succeeds(runner.run(workflow("verify"), "page"));
    assertThat(runner.artifact("github-pages").resolve("allure-report/index.html")).exists();
  }

  @Test
  void a_pull_request_gets_one_comment_that_the_next_push_replaces() throws Exception {
    for (int i = 0; i < 100; i++) {
      github.comment("of somebody else");
    }
    pullRequest();
    write("result", "better `\"$HOME\"`");
    commit("better");
    pullRequest();
    assertThat(github.changes())
        .containsExactly("POST issues/7/comments", "PATCH issues/comments/101");
    assertThat(github.comments())
        .hasSize(101)
        .last()
        .isEqualTo("<!-- buckbench smoke -->\n# smoke: better `\"$HOME\"`\n");
  }

  private void pullRequest() throws Exception {
    LocalRunner runner =
        runner()
            .with("github.event.pull_request.number", "7")
            .with("github.event.pull_request.base.sha", git("rev-parse", "HEAD").strip());
    succeeds(runner.run(workflow("verify"), "verify"));
    succeeds(runner.run(workflow("verify"), "comment"));
  }

  @Test
  void a_failed_build_fails_the_check_and_still_shows_its_report() throws Exception {
    write("result", "broken");
    commit("break it");
    LocalRunner runner = runner();
    LocalRunner.Result result = runner.run(workflow("verify"), "verify");
    assertThat(result.succeeded()).isFalse();
    assertThat(result.summary()).isEqualTo("# smoke: broken\n");
    assertThat(runner.artifact("report").resolve("report/smoke/summary.json")).exists();
  }

  @Test
  void every_night_is_kept_in_the_history_which_later_builds_take() throws Exception {
    for (String night : List.of("2", "3", "3")) {
      write("result", night);
      if (!git("status", "--porcelain").isEmpty()) {
        commit("night " + night);
      }
      LocalRunner runner = runner();
      succeeds(runner.run(workflow("nightly"), "smoke"));
      succeeds(runner.run(workflow("nightly"), "history"));
    }
    assertThat(git("show", "history:golden/history/smoke.jsonl"))
        .isEqualTo("{\"date\":\"1\"}\n{\"date\":\"2\"}\n{\"date\":\"3\"}\n");
    assertThat(git("log", "--format=%s", "history").lines()).hasSize(2);
    assertThat(git("ls-tree", "-r", "--name-only", "history"))
        .isEqualTo("golden/history/smoke.jsonl\n");
    LocalRunner.Result push = runner().run(workflow("verify"), "verify");
    assertThat(push.workspace().resolve("golden/history/smoke.jsonl"))
        .hasContent("{\"date\":\"1\"}\n{\"date\":\"2\"}\n{\"date\":\"3\"}");
  }

  @Test
  void a_regression_opens_one_issue_with_the_commits_since_and_the_next_night_replaces_it()
      throws Exception {
    write("result", "broken");
    commit("make it faster");
    night();
    commitEmpty("and faster");
    night();
    assertThat(github.changes()).containsExactly("POST issues", "PATCH issues/1");
    assertThat(github.issues()).hasSize(1);
    assertThat(github.issues().get(0).path("title").asText()).isEqualTo("smoke regressed");
    assertThat(github.issues().get(0).path("labels").path(0).asText())
        .isEqualTo("regression-smoke");
    assertThat(github.issues().get(0).path("body").asText())
        .contains("- `lora`: REGRESSED; accuracy 75.0 -> 62.0\n")
        .containsPattern("- [0-9a-f]+ and faster \\(t\\)\n- [0-9a-f]+ make it faster \\(t\\)\n$")
        .doesNotContain("ia3", "beats", " accepted (t)");
  }

  @Test
  void a_build_that_failed_for_another_reason_opens_no_issue() throws Exception {
    write("result", "broken");
    write("summary.json", SUMMARY.replace("REGRESSED", "SUSPECTED"));
    commit("make it faster");
    night();
    assertThat(github.changes()).isEmpty();
  }

  private void commitEmpty(String message) throws IOException, InterruptedException {
    write("note", message);
    commit(message);
  }

  private void night() throws Exception {
    LocalRunner runner = runner();
    assertThat(runner.run(workflow("nightly"), "smoke").succeeded()).isFalse();
    succeeds(runner.run(workflow("nightly"), "issue"));
  }

  @Test
  void shares_on_gpu_runners_are_merged_and_judged() throws Exception {
    Workflow gpu = workflow("gpu");
    LocalRunner runner = runner().with("inputs.suite", "").with("inputs.machines", "2");
    succeeds(runner.run(gpu, "plan"));
    runner.with("strategy.job-index", "0").with("matrix.share", "1/2");
    LocalRunner.Result first = runner.run(gpu, "share");
    succeeds(first);
    assertThat(first.output())
        .contains("buckbench -Pgpu -Dbuckbench.runs=runs run paper-steps --shard 1/2\n");
    runner.with("strategy.job-index", "1").with("matrix.share", "2/2");
    succeeds(runner.run(gpu, "share"));
    LocalRunner.Result judged = runner.run(gpu, "judge");
    succeeds(judged);
    assertThat(judged.output())
        .contains(
            "buckbench merge target/records/records-0 target/records/records-1 --out target/judged",
            "mvnw -B -ntp verify -Dbuckbench.suite=paper-steps -Dbuckbench.judge=target/judged\n");
    assertThat(judged.summary()).isEqualTo("# paper-steps: 2\n");
    assertThat(runner.artifact("report").resolve("judged/run.json")).exists();
    assertThat(runner.value("${{ needs.plan.outputs.shares }}")).isEqualTo("[\"1/2\", \"2/2\"]");
  }

  /** Nothing is in a workflow that a script could hold, and no job may do more than it must. */
  @Test
  void workflows_call_scripts_and_have_few_permissions() throws IOException {
    Map<String, Map<String, String>> more = new TreeMap<>();
    for (Path file : Folders.files(WORKFLOWS)) {
      Workflow workflow = Workflow.read(file);
      assertThat(workflow.permissions()).isEqualTo(Map.of("contents", "read"));
      workflow
          .jobs()
          .forEach(
              (id, job) -> {
                if (job.permissions().containsValue("write")) {
                  more.put(workflow.name() + "." + id, job.permissions());
                }
                for (Workflow.Step step : job.steps()) {
                  assertThat(step.run()).matches("|(echo \"\\w+=\\$\\()?(deploy/ci/|\\./mvnw ).*");
                  assertThat(step.uses()).matches("|actions/[a-z-]+@v\\d+");
                  if (step.uses().startsWith("actions/cache@")) {
                    assertThat(step.with().get("key")).contains("${{ hashFiles('pom.xml') }}");
                  }
                }
              });
    }
    assertThat(more)
        .isEqualTo(
            Map.of(
                "nightly.history", Map.of("contents", "write"),
                "nightly.issue", Map.of("contents", "read", "issues", "write"),
                "verify.comment", Map.of("contents", "read", "pull-requests", "write"),
                "verify.page", Map.of("pages", "write", "id-token", "write")));
  }
}
