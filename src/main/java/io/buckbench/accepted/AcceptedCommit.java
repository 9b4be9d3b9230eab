package io.buckbench.accepted;

import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.record.TrialId;
import io.buckbench.suite.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains rows with the program of the accepted commit.
 *
 * @param program runs earlier commits of this repository
 */
public record AcceptedCommit(EarlierProgram program) implements AcceptedTraining {
  /** A system property; {@code false} switches this training off. */
  public static final String SWITCH = "buckbench.confirm.accepted";

  /** The training that the system properties ask for, in {@code target/accepted}. */
  public static AcceptedTraining ofBuild(Path repository) {
    if (System.getProperty(SWITCH, "true").equals("false")) {
      return (commit, suite, seeds) -> Trained.not(commit, "-D" + SWITCH + "=false");
    }
    Path folder = repository.resolve("target").resolve("accepted");
    return new AcceptedCommit(repository, folder, EarlierProgram.standardLimit());
  }

  AcceptedCommit(Path repository, Path folder, Duration limit) {
    this(new EarlierProgram(Project.at(repository), folder, limit));
  }

  @Override
  public Trained train(String commit, String suite, Map<String, List<Long>> seeds) {
    try {
      RunStore store = program.store(commit);
      Optional<List<RunRecord>> before = records(store, suite, seeds);
      if (before.isPresent()) {
        return Trained.of(commit, before.orElseThrow());
      }
      program.run(commit, suite, seeds.keySet(), file -> declare(file, seeds));
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

  private static void declare(Path file, Map<String, List<Long>> seeds) {
    List<String> missing = SuiteSeeds.replace(file, seeds);
    if (!missing.isEmpty()) {
      throw EarlierProgram.refused(
          "its suite has no row " + String.join(", ", missing), "accept the suite anew");
    }
  }
}
