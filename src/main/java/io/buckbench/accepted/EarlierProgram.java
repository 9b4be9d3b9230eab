package io.buckbench.accepted;

import io.buckbench.files.WorkTree;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The program of an earlier commit of this repository, on this machine: the commit is checked out
 * as a git work tree of its own, built without tests and without the network, and asked by its own
 * command line to {@code run} a suite. Data and models that git does not track are linked into the
 * work tree.
 *
 * @param project a project in the repository
 * @param folder for the work trees and their logs, for example {@code target/accepted}
 * @param limit for everything together
 */
public record EarlierProgram(Project project, Path folder, Duration limit) {
  /** A system property: the limit of a build in minutes. */
  public static final String MINUTES = "buckbench.confirm.minutes";

  /** No limit, for a trial that may take days. */
  public static final Duration UNLIMITED = Duration.ofDays(10_000);

  private static final long STANDARD_MINUTES = 15;
  private static final String WRAPPER = "mvnw";

  /** Properties that decide on what a trial runs. */
  private static final List<String> PASSED_ON =
      List.of("buckbench.device", "buckbench.workers", "buckbench.heap", "buckbench.threads");

  private static final int DIGITS = 12;

  /** The limit that the system properties set. */
  public static Duration standardLimit() {
    return Duration.ofMinutes(Long.getLong(MINUTES, STANDARD_MINUTES));
  }

  /** The run store of a commit's work tree; empty before it was run. */
  public RunStore store(String commit) {
    return new RunStore(tree(commit).resolve("target").resolve("runs"));
  }

  private Path tree(String commit) {
    return folder.resolve(commit.substring(0, Math.min(DIGITS, commit.length()))).toAbsolutePath();
  }

  /**
   * Runs rows of a suite; {@link #store} then has their records.
   *
   * @param rows the ids of the rows
   * @param declare changes the suite's declarations, a file of the work tree
   * @throws InvalidInputException if the commit cannot be had, built or run, or takes too long
   */
  public void run(String commit, String suite, Collection<String> rows, Consumer<Path> declare)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    Path tree = checkedOut(commit);
    declare.accept(tree.resolve("benchmarks").resolve(suite + ".csv"));
    Path log = folder.resolve(tree.getFileName() + ".log");
    Files.deleteIfExists(log);
    run(tree, log, end, "build", List.of("-DskipTests", "-Dspotless.check.skip", "compile"));
    run(tree, log, end, "run", training(suite, rows));
  }

  private Path checkedOut(String commit) throws IOException {
    WorkTree here = new WorkTree(project.root());
    if (!here.has(commit)) {
      throw refused("git does not have the commit", "fetch it, also into a shallow clone");
    }
    Path tree = tree(commit);
    if (!Files.isDirectory(tree)) {
      Files.createDirectories(folder);
      here.checkOut(commit, tree);
    }
    if (!Files.isRegularFile(tree.resolve(WRAPPER))) {
      throw refused(
          "the repository of " + project.root().toAbsolutePath().normalize() + " has no " + WRAPPER,
          "its commits are not those of the program; use the program that made the record");
    }
    Untracked.link(project, tree);
    return tree;
  }

  private static List<String> training(String suite, Collection<String> rows) {
    List<String> arguments = new ArrayList<>(List.of("exec:java"));
    for (String property : PASSED_ON) {
      String value = System.getProperty(property, "");
      if (!value.isEmpty()) {
        arguments.add("-D" + property + "=" + value);
      }
    }
    arguments.add("-Dexec.args=run " + suite + " --only " + String.join("|", rows));
    return arguments;
  }

  /** Runs Maven's wrapper of the work tree; its output goes to the log. */
  private static void run(Path tree, Path log, long end, String what, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./" + WRAPPER, "-o", "-q", "-B", "-ntp"));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(tree.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    try {
      if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw refused("its " + what + " did not end in time", "raise -D" + MINUTES);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw refused(
          "its " + what + " ended with status " + process.exitValue() + firstError(log),
          "see " + log.toAbsolutePath());
    }
  }

  /** What the program or Maven complained about first; empty if that is not to be recognised. */
  private static String firstError(Path log) throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("error: ") || line.startsWith("[ERROR] "))
        .findFirst()
        .map(line -> " (" + line.replaceFirst("^\\S+ ", "") + ")")
        .orElse("");
  }

  static InvalidInputException refused(String found, String todo) {
    return new InvalidInputException("an earlier commit", found, "one that can be trained", todo);
  }
}
