package io.buckbench.accepted;

import io.buckbench.files.CsvText;
import io.buckbench.files.WholeFiles;
import io.buckbench.files.WorkTree;
import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.record.Declaration;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.record.TrialId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Trains rows with an earlier commit of this repository, on this machine: the commit is checked out
 * as a git work tree of its own, built without tests and without the network, and asked by its own
 * command line to {@code run} the suite. Only the seeds of the rows are changed in its
 * declarations.
 *
 * @param repository a folder of the repository
 * @param folder for the work trees and their logs, for example {@code target/accepted}
 * @param limit for everything together
 */
public record AcceptedCommit(Path repository, Path folder, Duration limit)
    implements AcceptedTraining {
  /** A system property; {@code false} switches this training off. */
  public static final String SWITCH = "buckbench.confirm.accepted";

  /** A system property: the limit in minutes. */
  public static final String MINUTES = "buckbench.confirm.minutes";

  private static final long STANDARD_MINUTES = 15;

  /** Properties of the build that decide on what a trial runs. */
  private static final List<String> PASSED_ON =
      List.of("buckbench.device", "buckbench.workers", "buckbench.heap");

  private static final int DIGITS = 12;

  /** The training that the system properties ask for, in {@code target/accepted}. */
  public static AcceptedTraining ofBuild(Path repository) {
    if (System.getProperty(SWITCH, "true").equals("false")) {
      return (commit, suite, seeds) -> Trained.not(commit, "-D" + SWITCH + "=false");
    }
    long minutes = Long.getLong(MINUTES, STANDARD_MINUTES);
    return new AcceptedCommit(
        repository, repository.resolve("target").resolve("accepted"), Duration.ofMinutes(minutes));
  }

  @Override
  public Trained train(String commit, String suite, Map<String, List<Long>> seeds) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      Path tree = checkedOut(commit);
      RunStore store = new RunStore(tree.resolve("target").resolve("runs"));
      Optional<List<RunRecord>> before = records(store, suite, seeds);
      if (before.isPresent()) {
        return Trained.of(commit, before.orElseThrow());
      }
      declare(tree.resolve("benchmarks").resolve(suite + ".csv"), seeds);
      Path log = folder.resolve(tree.getFileName() + ".log");
      Files.deleteIfExists(log);
      run(tree, log, end, "build", List.of("-DskipTests", "-Dspotless.check.skip", "compile"));
      run(tree, log, end, "run", training(suite, seeds.keySet().stream().toList()));
      return records(store, suite, seeds)
          .map(found -> Trained.of(commit, found))
          .orElseGet(
              () ->
                  Trained.not(commit, "not all of its trials have a completed record in " + store));
    } catch (InvalidInputException | IOException e) {
      return Trained.not(commit, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Trained.not(commit, "interrupted");
    }
  }

  private Path checkedOut(String commit) throws IOException {
    WorkTree here = new WorkTree(repository);
    if (!here.has(commit)) {
      throw refused("git does not have the commit", "fetch it, also into a shallow clone");
    }
    Path tree = folder.resolve(commit.substring(0, Math.min(DIGITS, commit.length())));
    if (!Files.isDirectory(tree)) {
      Files.createDirectories(folder);
      here.checkOut(commit, tree);
    }
    return tree.toAbsolutePath();
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
    return new InvalidInputException("the accepted commit", found, "one that can be trained", todo);
  }

  /** The completed records of all trials; empty if one is missing. */
  private static Optional<List<RunRecord>> records(
      RunStore store, String suite, Map<String, List<Long>> seeds) {
    List<RunRecord> found = new ArrayList<>();
    for (Map.Entry<String, List<Long>> row : seeds.entrySet()) {
      for (long seed : row.getValue()) {
        Optional<RunRecord> run =
            store
                .find(new TrialId(suite, row.getKey(), seed))
                .filter(record -> record.status() == RunStatus.COMPLETED);
        if (run.isEmpty()) {
          return Optional.empty();
        }
        found.add(run.orElseThrow());
      }
    }
    return Optional.of(found);
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
