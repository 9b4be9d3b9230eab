package io.buckbench.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The steps of a pull request on a clean clone of this repository, with the real program. Only
 * trainings and unit tests are not repeated: the build judges the records of the smoke suite that
 * {@code -Dworkflow.runs} names. {@code .ci/workflow} runs it.
 */
class WorkflowCloneTest {
  @TempDir Path folder;

  @Test
  void a_pull_request_is_judged_and_gets_one_comment_that_the_next_push_replaces()
      throws Exception {
    String runs = System.getProperty("workflow.runs", "");
    assumeTrue(!runs.isEmpty(), "-Dworkflow.runs=STORE names no records of the smoke suite");
    Workflow verify = Workflow.read(Path.of(".github/workflows/verify.yml"));
    try (GitHubRecorder github = new GitHubRecorder()) {
      Map<String, String> environment = new HashMap<>(github.environment());
      environment.put(
          "MAVEN_ARGS",
          System.getenv().getOrDefault("MAVEN_ARGS", "")
              + " -Dbuckbench.judge="
              + Path.of(runs).toAbsolutePath());
      LocalRunner runner =
          new LocalRunner(Path.of(""), folder, environment)
              .with("github.token", GitHubRecorder.TOKEN)
              .with("github.event.pull_request.number", "7")
              .with("github.event.pull_request.base.sha", "HEAD");
      LocalRunner.Result result = runner.run(verify, "verify");
      assertThat(result.succeeded()).as(result.output()).isTrue();
      // On another device class rows may have moved within what is allowed.
      assertThat(result.summary()).startsWith("# smoke: ");
      for (String push : new String[] {"first", "second"}) {
        LocalRunner.Result comment = runner.run(verify, "comment");
        assertThat(comment.succeeded()).as("%s push: %s", push, comment.output()).isTrue();
      }
      assertThat(github.changes())
          .containsExactly("POST issues/7/comments", "PATCH issues/comments/1");
      assertThat(github.comments())
          .containsExactly("<!-- buckbench smoke -->\n" + result.summary());
      LocalRunner.Result page = runner.run(verify, "page");
      assertThat(page.succeeded()).as(page.output()).isTrue();
      assertThat(runner.artifact("github-pages").resolve("report/smoke/index.html"))
          .isNotEmptyFile();
      assertThat(runner.artifact("github-pages").resolve("allure-report/index.html"))
          .isNotEmptyFile();
    }
  }
}
