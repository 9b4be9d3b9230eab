package io.buckbench.record;

import io.buckbench.files.Folders;
import io.buckbench.input.InputPath;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Run records on disk, one folder for each trial: {@code <suite>/<configuration>/seed-<n>/}.
 *
 * <p>A trial's folder is written to a temporary folder of the store and then moved into place, so
 * it is never incomplete. Several processes may share a store; if two finish the same trial, the
 * later record replaces the earlier one, and a reader finds one of the two at every moment. A
 * record whose suite, configuration or seed is not that of its folder is refused.
 */
public final class RunStore {
  private static final String DRAFTS = ".drafts";
  private static final String LOCKS = ".locks";
  private static final String SNAPSHOTS = ".snapshots";
  private static final String SEED = "seed-";

  private final Path directory;

  /**
   * @param directory the store's folder; it is created when first written to
   */
  public RunStore(Path directory) {
    this.directory = directory;
  }

  /** The store's folder. */
  public Path directory() {
    return directory;
  }

  /**
   * The folder of a trial's files; it exists if the trial has been run.
   *
   * @throws InvalidInputException if a name of the trial is not that of a folder
   */
  public Path directory(TrialId trial) {
    return InputPath.child(directory(trial.suite()), trial.toString(), trial.configuration())
        .resolve(SEED + trial.seed());
  }

  /** The folder of what a stopped training of a trial continues from. */
  public Path snapshot(TrialId trial) {
    return directory.resolve(SNAPSHOTS).resolve(directory.relativize(directory(trial)));
  }

  private Path directory(String suite) {
    return InputPath.child(directory, "suite", suite);
  }

  /**
   * The record of a trial, if it has been run.
   *
   * @throws InvalidInputException if its files are damaged, or are those of another trial
   */
  public Optional<RunRecord> find(TrialId trial) {
    Path folder = directory(trial);
    Optional<RunRecord> record = new RecordFolder(folder).read();
    record
        .filter(found -> !found.id().equals(trial))
        .ifPresent(
            found -> {
              throw new InvalidInputException(
                  folder.resolve("run.json").toString(),
                  "the record of " + found.id(),
                  "that of " + trial + ", as the folder is named",
                  "move the folder to where it belongs, or delete it");
            });
    return record;
  }

  /**
   * All records of a suite by configuration and seed, also of rows no longer declared.
   *
   * @throws InvalidInputException with the problems of all damaged records
   */
  public List<RunRecord> read(String suite) {
    List<RunRecord> records = new ArrayList<>();
    Problems problems = new Problems();
    for (Path configuration : folders(directory(suite))) {
      for (long seed : seeds(configuration, problems)) {
        try {
          find(new TrialId(suite, configuration.getFileName().toString(), seed))
              .ifPresent(records::add);
        } catch (InvalidInputException e) {
          problems.addAll(e);
        }
      }
    }
    problems.throwIfAny();
    return List.copyOf(records);
  }

  /** The seeds of a configuration's records, ascending. */
  private static List<Long> seeds(Path configuration, Problems problems) {
    SortedSet<Long> seeds = new TreeSet<>();
    for (Path folder : folders(configuration)) {
      String name = RecordFolder.placeOf(folder.getFileName().toString());
      if (name.startsWith(SEED)) {
        try {
          String digits = name.substring(SEED.length());
          long seed = Long.parseLong(digits);
          if (!digits.equals(Long.toString(seed))) {
            throw new NumberFormatException(digits);
          }
          seeds.add(seed);
        } catch (NumberFormatException e) {
          problems.add(
              folder.toString(), name, "seed- and a whole number", "delete or rename the folder");
        }
      }
    }
    return List.copyOf(seeds);
  }

  /** The suites with records, in alphabetical order. */
  public List<String> suites() {
    return folders(directory).stream()
        .map(folder -> folder.getFileName().toString())
        .filter(name -> !name.startsWith("."))
        .toList();
  }

  /** Whether it is a folder that has at most what a store keeps besides records. */
  boolean isEmpty() {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.allMatch(file -> file.getFileName().toString().startsWith("."));
    } catch (IOException e) {
      throw new UncheckedIOException(directory.toString(), e);
    }
  }

  private static List<Path> folders(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(directory.toString(), e);
    }
  }

  /**
   * Locks a trial, so that no other process of this machine that uses the store runs it.
   *
   * @return empty if it is locked already
   */
  public Optional<TrialLock> lock(TrialId trial) {
    String file = trial.configuration() + " " + SEED + trial.seed();
    return TrialLock.tryLock(directory.resolve(LOCKS).resolve(trial.suite()).resolve(file));
  }

  /**
   * Creates a folder for a trial's files, which is deleted unless it is committed.
   *
   * @throws InvalidInputException if the store cannot be written
   */
  public Draft draft() {
    Drafts drafts = new Drafts(directory.resolve(DRAFTS));
    try {
      return new Draft(drafts, drafts.create());
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidInputException(
          directory.toString(),
          "a folder that cannot be written: " + e.getMessage(),
          "a folder for run records",
          "make it writable, or name another with -Dbuckbench.runs",
          e);
    }
  }

  /** Copies all files of a trial from another store, replacing an earlier record. */
  void copy(RunStore from, TrialId trial) {
    try (Draft draft = draft()) {
      Folders.copy(from.directory(trial), draft.directory());
      draft.place(trial);
    } catch (IOException e) {
      throw new UncheckedIOException(directory(trial).toString(), e);
    }
  }

  /** A trial's files before they are moved into the store. */
  public final class Draft implements AutoCloseable {
    private final Drafts drafts;
    private final Drafts.Draft draft;

    private Draft(Drafts drafts, Drafts.Draft draft) {
      this.drafts = drafts;
      this.draft = draft;
    }

    /** The folder for further files, such as the adapter; all of them go into the store. */
    public Path directory() {
      return draft.folder();
    }

    /**
     * Writes the record and moves the folder into the store, replacing an earlier one.
     *
     * @throws StoreWriteException if it cannot be written; it says where the record was kept
     */
    public void commit(RunRecord record) {
      try {
        RunFiles.write(draft.folder(), record);
        place(record.id());
      } catch (IOException | UncheckedIOException e) {
        Path target = RunStore.this.directory(record.id());
        throw StoreWriteException.of(target, draft.folder(), record, e);
      }
    }

    private void place(TrialId trial) throws IOException {
      Path target = RunStore.this.directory(trial);
      Folders.force(draft.folder());
      drafts.exclusively(
          () -> {
            new RecordFolder(target).replaceBy(draft.folder(), draft.old(), draft.unfinished());
            return target;
          });
    }

    @Override
    public void close() {
      try {
        draft.discard();
      } catch (IOException e) {
        throw new UncheckedIOException(draft.folder().toString(), e);
      }
    }
  }
}
