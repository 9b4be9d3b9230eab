package io.buckbench.workflow;

import io.buckbench.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs jobs of a workflow on this machine. A command is run as GitHub runs it: in a shell that ends
 * at the first error, in the job's own clone. Of actions it knows those that our workflows use; of
 * expressions, names and {@code ||}. Anything else is an error, so that a misspelled name is found.
 */
final class LocalRunner {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ (.*?) }}");

  private final Path repository;
  private final Path folder;
  private final Map<String, String> environment;
  private final Map<String, String> context = new LinkedHashMap<>();

  /**
   * How a job ended.
   *
   * @param succeeded whether every step did
   * @param output what its commands printed
   * @param summary what its steps wrote for the job's page
   * @param workspace its folder
   */
  record Result(boolean succeeded, String output, String summary, Path workspace) {}

  /**
   * @param repository what a checkout clones
   * @param folder for workspaces and artifacts
   * @param environment variables that every step has
   */
  LocalRunner(Path repository, Path folder, Map<String, String> environment) {
    this.repository = repository;
    this.folder = folder;
    this.environment = environment;
  }

  /** Gives a name in expressions a value. */
  LocalRunner with(String name, String value) {
    context.put(name, value);
    return this;
  }

  /** Runs a job; those that it needs have been run before. */
  Result run(Workflow workflow, String id) throws IOException, InterruptedException {
    Workflow.Job job = workflow.jobs().get(id);
    Files.createDirectories(folder);
    Path workspace = Files.createTempDirectory(folder, id);
    Path summary = Files.createTempFile(folder, id, ".md");
    StringBuilder output = new StringBuilder();
    boolean succeeded = true;
    for (Workflow.Step step : job.steps()) {
      if (!runs(step.condition(), succeeded)) {
        continue;
      }
      try {
        if (step.run().isEmpty()) {
          action(step, workspace);
        } else {
          succeeded &= shell(workflow, step, workspace, summary, output);
        }
      } catch (IllegalStateException e) {
        output.append(e.getMessage()).append('\n');
        succeeded = false;
      }
    }
    for (Map.Entry<String, String> each : job.outputs().entrySet()) {
      with("needs." + id + ".outputs." + each.getKey(), value(each.getValue()));
    }
    return new Result(succeeded, output.toString(), Files.readString(summary), workspace);
  }

  private static boolean runs(String condition, boolean succeeded) {
    return switch (condition) {
      case "" -> succeeded;
      case "${{ !cancelled() }}" -> true;
      case "${{ failure() }}" -> !succeeded;
      default -> throw new IllegalArgumentException("unknown condition of a step: " + condition);
    };
  }

  private boolean shell(
      Workflow workflow, Workflow.Step step, Path workspace, Path summary, StringBuilder output)
      throws IOException, InterruptedException {
    Path outputs = Files.createTempFile(folder, "outputs", "");
    Path script = Files.writeString(Files.createTempFile(folder, "step", ".sh"), value(step.run()));
    ProcessBuilder process = new ProcessBuilder("bash", "-e", script.toString());
    process.directory(workspace.toFile()).redirectErrorStream(true);
    process.environment().putAll(environment);
    workflow.env().forEach((name, text) -> process.environment().put(name, value(text)));
    step.env().forEach((name, text) -> process.environment().put(name, value(text)));
    process.environment().put("GITHUB_STEP_SUMMARY", summary.toString());
    process.environment().put("GITHUB_OUTPUT", outputs.toString());
    Path log = Files.createTempFile(folder, "step", ".log");
    process.redirectOutput(log.toFile());
    int status = process.start().waitFor();
    output.append("+ ").append(step.run()).append('\n').append(Files.readString(log));
    for (String line : Files.readAllLines(outputs)) {
      String[] parts = line.split("=", 2);
      with("steps." + step.id() + ".outputs." + parts[0], parts[1]);
    }
    return status == 0;
  }

  private void action(Workflow.Step step, Path workspace) throws IOException, InterruptedException {
    Map<String, String> with = step.with();
    switch (step.uses().replaceFirst("@v[0-9]+$", "")) {
      case "actions/checkout" -> checkOut(with.getOrDefault("ref", ""), workspace);
      case "actions/setup-java", "actions/cache" -> {
        // The machine has a JDK and its own caches.
      }
      case "actions/upload-artifact" ->
          upload(with.get("path").strip().lines().toList(), value(with.get("name")), workspace);
      case "actions/upload-pages-artifact" ->
          upload(List.of(with.get("path") + "/"), "github-pages", workspace);
      case "actions/deploy-pages" ->
          with("steps." + step.id() + ".outputs.page_url", artifact("github-pages").toString());
      case "actions/download-artifact" -> download(with, workspace);
      default -> throw new IllegalArgumentException("unknown action: " + step.uses());
    }
  }

  private void checkOut(String ref, Path workspace) throws IOException, InterruptedException {
    git(workspace, "clone", "--quiet", repository.toAbsolutePath().toString(), ".");
    if (!ref.isEmpty()) {
      git(workspace, "checkout", "--quiet", value(ref));
    }
  }

  private static void git(Path workspace, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    Process git = new ProcessBuilder(command).directory(workspace.toFile()).inheritIO().start();
    if (git.waitFor() != 0) {
      throw new IllegalStateException("failed: " + command);
    }
  }

  /** Where the files of an artifact are. */
  Path artifact(String name) {
    return folder.resolve("artifacts").resolve(name);
  }

  /** Copies folders and files; an artifact begins below the folder that all of them share. */
  private void upload(List<String> paths, String name, Path workspace) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String path : paths) {
      Pattern glob = Pattern.compile(path.replace("*", "[^/]*") + (path.endsWith("/") ? ".*" : ""));
      Folders.files(workspace).stream()
          .filter(file -> glob.matcher(workspace.relativize(file).toString()).matches())
          .forEach(found::add);
    }
    if (found.isEmpty()) {
      throw new IllegalStateException("nothing to upload as " + name + ": " + paths);
    }
    Path root = base(paths.get(0), workspace);
    for (String path : paths) {
      while (!base(path, workspace).startsWith(root)) {
        root = root.getParent();
      }
    }
    for (Path file : found) {
      Path target = artifact(name).resolve(root.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  /** The folder of a path up to its first wildcard. */
  private static Path base(String path, Path workspace) {
    return workspace.resolve(path.replaceFirst("[^/]*\\*.*", "")).normalize();
  }

  private void download(Map<String, String> with, Path workspace) throws IOException {
    Path target = workspace.resolve(with.get("path"));
    if (with.containsKey("name")) {
      copy(artifact(with.get("name")), target);
      return;
    }
    Pattern names = Pattern.compile(with.get("pattern").replace("*", ".*"));
    try (Stream<Path> all = Files.list(folder.resolve("artifacts"))) {
      for (Path each : all.sorted().toList()) {
        if (names.matcher(each.getFileName().toString()).matches()) {
          copy(each, target.resolve(each.getFileName()));
        }
      }
    }
  }

  private static void copy(Path artifact, Path target) throws IOException {
    if (!Files.isDirectory(artifact)) {
      throw new IllegalStateException("there is no artifact " + artifact.getFileName());
    }
    for (Path file : Folders.files(artifact)) {
      Path to = target.resolve(artifact.relativize(file).toString());
      Files.createDirectories(to.getParent());
      Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A text with the values of its expressions. */
  String value(String text) {
    Matcher matcher = EXPRESSION.matcher(text);
    StringBuilder value = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(value, Matcher.quoteReplacement(first(matcher.group(1))));
    }
    return matcher.appendTail(value).toString();
  }

  /** The first alternative that is not empty. */
  private String first(String expression) {
    for (String each : expression.split(" \\|\\| ")) {
      String value =
          each.matches("'[^']*'") ? each.substring(1, each.length() - 1) : context.get(each);
      if (value == null) {
        throw new IllegalArgumentException("unknown name in an expression: " + each);
      }
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
