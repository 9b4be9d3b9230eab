package io.buckbench.accepted;

import io.buckbench.files.CsvText;
import io.buckbench.files.WholeFiles;
import io.buckbench.files.WorkTree;
import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.record.Declaration;
import io.buckbench.record.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The program of an earlier commit of this repository, on this machine: the commit is checked out
 * as a git work tree of its own, built without tests and without the network, and asked by its own
 * command line to {@code run} a suite. Only the seeds of the rows are changed in its declarations.
 *
 * @param repository a folder of the repository
 * @param folder for the work trees and their logs, for example {@code target/accepted}
 * @param limit for everything together
 */
public record EarlierProgram(Path repository, Path folder, Duration limit) {
  /** A system property: the limit in minutes. */
  public static final String MINUTES = "buckbench.confirm.minutes";

  private static final long STANDARD_MINUTES = 15;

  /** Properties of the build that decide on what a trial runs. */
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
   * @param seeds the seeds of each row
   * @throws InvalidInputException if the commit cannot be had, built or run, or takes too long
   */
  public void run(String commit, String suite, Map<String, List<Long>> seeds)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    Path tree = checkedOut(commit);
    declare(tree.resolve("benchmarks").resolve(suite + ".csv"), seeds);
    Path log = folder.resolve(tree.getFileName() + ".log");
    Files.deleteIfExists(log);
    run(tree, log, end, "build", List.of("-DskipTests", "-Dspotless.check.skip", "compile"));
    run(tree, log, end, "run", training(suite, seeds.keySet().stream().toList()));
  }

  private Path checkedOut(String commit) throws IOException {
    WorkTree here = new WorkTree(repository);
    if (!here.has(commit)) {
      throw refused("git does not have the commit", "fetch it, also into a shallow clone");
    }
    Path tree = tree(commit);
    if (!Files.isDirectory(tree)) {
      Files.createDirectories(folder);
      here.checkOut(commit, tree);
    }
    return tree;
  }

  private static List<String> training(String suite, List<String> rows) {
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
    List<String> command = new ArrayList<>(List.of("./mvnw", "-o", "-q", "-B", "-ntp"));
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
          "its " + what + " ended with status " + process.exitValue(),
          "see " + log.toAbsolutePath());
    }
  }

  private static InvalidInputException refused(String found, String todo) {
    return new InvalidInputException("an earlier commit", found, "one that can be trained", todo);
  }

  /** Replaces the seeds of some rows in the declarations of a suite with any columns. */
  private static void declare(Path file, Map<String, List<Long>> seeds) throws IOException {
    String text = Files.readString(file);
    String header =
        text.lines()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            .findFirst()
            .orElse("");
    List<String> columns = List.of(header.split("\\s*,\\s*"));
    Problems problems = new Problems();
    List<CsvRow> rows = CsvTable.parse(file, text, columns, List.of(), problems).rows();
    problems.throwIfAny();
    List<String> missing = new ArrayList<>(seeds.keySet());
    CsvText changed = new CsvText(columns);
    for (CsvRow row : rows) {
      Map<String, String> values = new LinkedHashMap<>(row.values());
      List<Long> fresh = seeds.get(row.text(Declaration.ID));
      if (fresh != null) {
        missing.remove(row.text(Declaration.ID));
        values.put(
            Declaration.SEEDS,
            fresh.stream().map(String::valueOf).collect(Collectors.joining(" ")));
      }
      changed.row(values.values());
    }
    if (!missing.isEmpty()) {
      throw refused("its suite has no row " + String.join(", ", missing), "accept the suite anew");
    }
    WholeFiles.write(file, changed.toString());
  }
}
