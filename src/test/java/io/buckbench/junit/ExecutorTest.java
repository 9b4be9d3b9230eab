package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutorTest {
  private static Map<String, Object> json(Map<String, String> environment) {
    return new Executor(environment).json("the report", "0123456789abcdef", 7);
  }

  @Test
  void github_actions_names_the_run() {
    assertThat(
            json(
                Map.of(
                    "GITHUB_ACTIONS", "true",
                    "GITHUB_SERVER_URL", "https://github.example",
                    "GITHUB_REPOSITORY", "some/where",
                    "GITHUB_RUN_ID", "99",
                    "GITHUB_RUN_NUMBER", "12",
                    "GITHUB_WORKFLOW", "nightly")))
        .containsEntry("type", "github")
        .containsEntry("url", "https://github.example/some/where")
        .containsEntry("buildOrder", 12L)
        .containsEntry("buildName", "nightly #12")
        .containsEntry("buildUrl", "https://github.example/some/where/actions/runs/99")
        .containsEntry("reportName", "the report");
  }

  @Test
  void gitlab_names_the_pipeline_and_links_the_job() {
    assertThat(
            json(
                Map.of(
                    "GITLAB_CI", "true",
                    "CI_PROJECT_URL", "https://gitlab.example/p",
                    "CI_PROJECT_PATH", "some/p",
                    "CI_PIPELINE_IID", "5",
                    "CI_JOB_URL", "https://gitlab.example/p/-/jobs/8")))
        .containsEntry("type", "gitlab")
        .containsEntry("buildOrder", 5L)
        .containsEntry("buildName", "some/p #5")
        .containsEntry("buildUrl", "https://gitlab.example/p/-/jobs/8");
  }

  @Test
  void jenkins_names_the_job() {
    assertThat(
            json(
                Map.of(
                    "JENKINS_URL", "https://jenkins.example/",
                    "JOB_NAME", "bench",
                    "BUILD_NUMBER", "31",
                    "BUILD_URL", "https://jenkins.example/job/bench/31/")))
        .containsEntry("type", "jenkins")
        .containsEntry("buildOrder", 31L)
        .containsEntry("buildName", "bench #31")
        .containsEntry("buildUrl", "https://jenkins.example/job/bench/31/");
  }

  @Test
  void without_a_ci_the_commit_names_the_build_and_the_history_orders_it() {
    assertThat(json(Map.of()))
        .containsEntry("type", "local")
        .containsEntry("buildOrder", 7L)
        .containsEntry("buildName", "0123456789ab")
        .doesNotContainKey("buildUrl");
  }
}
