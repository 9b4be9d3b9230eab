package io.buckbench.junit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who ran the build, from the variables of GitHub Actions, GitLab CI or Jenkins: the content of
 * {@code executor.json}, which names the build in the report and orders the points of its trends.
 */
final class Executor {
  private final Map<String, String> environment;

  /**
   * @param environment the environment variables
   */
  Executor(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The content of {@code executor.json}.
   *
   * @param report the name of the report
   * @param commit names a build outside of a CI
   * @param order of a build outside of a CI, from 1
   */
  Map<String, Object> json(String report, String commit, long order) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (has("GITHUB_ACTIONS")) {
      String repository = text("GITHUB_SERVER_URL") + "/" + text("GITHUB_REPOSITORY");
      String run = repository + "/actions/runs/" + text("GITHUB_RUN_ID");
      String number = text("GITHUB_RUN_NUMBER");
      put(json, "github", "GitHub Actions", repository, number, run);
      json.put("buildName", text("GITHUB_WORKFLOW") + " #" + number);
    } else if (has("GITLAB_CI")) {
      String number = text("CI_PIPELINE_IID");
      put(json, "gitlab", "GitLab CI", text("CI_PROJECT_URL"), number, text("CI_JOB_URL"));
      json.put("buildName", text("CI_PROJECT_PATH") + " #" + number);
    } else if (has("JENKINS_URL")) {
      String number = text("BUILD_NUMBER");
      put(json, "jenkins", "Jenkins", text("JENKINS_URL"), number, text("BUILD_URL"));
      json.put("buildName", text("JOB_NAME") + " #" + number);
    } else {
      json.put("name", "a build by hand");
      json.put("type", "local");
      json.put("buildOrder", order);
      json.put("buildName", commit.substring(0, Math.min(12, commit.length())));
    }
    json.put("reportName", report);
    return json;
  }

  private static void put(
      Map<String, Object> json, String type, String name, String url, String number, String build) {
    json.put("name", name);
    json.put("type", type);
    json.put("url", url);
    if (number.matches("[0-9]{1,18}")) {
      json.put("buildOrder", Long.parseLong(number));
    }
    json.put("buildUrl", build);
  }

  private boolean has(String variable) {
    return !text(variable).isEmpty();
  }

  private String text(String variable) {
    return environment.getOrDefault(variable, "");
  }
}
