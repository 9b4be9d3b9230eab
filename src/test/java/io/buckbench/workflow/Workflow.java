package io.buckbench.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What a workflow file declares, as far as running it needs it.
 *
 * @param env variables of every step
 * @param permissions of every job that declares none
 * @param jobs by id, in the order of the file
 */
record Workflow(
    String name, Map<String, String> env, Map<String, String> permissions, Map<String, Job> jobs) {

  /**
   * A job.
   *
   * @param needs the jobs that end before it
   * @param permissions of its token; empty for those of the workflow
   * @param outputs name to expression
   */
  record Job(
      List<String> needs,
      Map<String, String> permissions,
      Map<String, String> outputs,
      List<Step> steps) {}

  /**
   * A step.
   *
   * @param condition the text of {@code if}; empty if it runs after success only
   * @param uses an action; empty for a command
   * @param run a command; empty for an action
   */
  record Step(
      String id,
      String condition,
      String uses,
      Map<String, String> with,
      String run,
      Map<String, String> env) {}

  static Workflow read(Path file) throws IOException {
    Map<?, ?> root =
        map(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file)));
    Map<String, Job> jobs = new LinkedHashMap<>();
    map(root.get("jobs")).forEach((id, job) -> jobs.put(id.toString(), job(map(job))));
    return new Workflow(
        text(root, "name"), texts(root.get("env")), texts(root.get("permissions")), jobs);
  }

  private static Job job(Map<?, ?> job) {
    Object needs = job.get("needs");
    return new Job(
        needs == null
            ? List.of()
            : needs instanceof List<?> several
                ? several.stream().map(Object::toString).toList()
                : List.of(needs.toString()),
        texts(job.get("permissions")),
        texts(job.get("outputs")),
        ((List<?>) job.get("steps")).stream().map(step -> step(map(step))).toList());
  }

  private static Step step(Map<?, ?> step) {
    return new Step(
        text(step, "id"),
        text(step, "if"),
        text(step, "uses"),
        texts(step.get("with")),
        text(step, "run"),
        texts(step.get("env")));
  }

  private static Map<?, ?> map(Object value) {
    return value == null ? Map.of() : (Map<?, ?>) value;
  }

  private static String text(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null ? "" : value.toString();
  }

  private static Map<String, String> texts(Object value) {
    Map<String, String> texts = new TreeMap<>();
    map(value).forEach((key, each) -> texts.put(key.toString(), each.toString()));
    return texts;
  }
}
