package io.buckbench.record;

import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Run records on disk, one folder for each trial: {@code <suite>/<configuration>/seed-<n>/}.
 *
 * <p>A trial's folder is written to a temporary folder of the store and then moved into place, so
 * it is never incomplete. Several processes may share a store; if two finish the same trial, the
 * later record replaces the earlier one.
 */
public final class RunStore {
  private static final String DRAFTS = ".drafts";
  private static final String LOCKS = ".locks";
  private static final String SEED = "seed-";

  private final Path directory;

  /**
   * @param directory the store's folder; it is created when first written to
   */
  public RunStore(Path directory) {
    this.directory = directory;
  }

  /** The store at {@code -Dbuckbench.runs}, or at {@code target/runs}. */
  public static RunStore standard() {
    return new RunStore(Path.of(System.getProperty("buckbench.runs", "target/runs")));
  }

  /** The store's folder. */
  public Path directory() {
    return directory;
  }

  /** The folder of a trial's files; it exists if the trial has been run. */
  public Path directory(TrialId trial) {
    return directory
        .resolve(trial.suite())
        .resolve(trial.configuration())
        .resolve(SEED + trial.seed());
  }

  /**
   * The record of a trial, if it has been run.
   *
   * @throws InvalidInputException if its files are damaged
   */
  public Optional<RunRecord> find(TrialId trial) {
    Path folder = directory(trial);
    return Files.isDirectory(folder) ? Optional.of(RunFiles.read(folder)) : Optional.empty();
  }

  /** All records of a suite by configuration and seed, also of rows no longer declared. */
  public List<RunRecord> read(String suite) {
    List<RunRecord> records = new ArrayList<>();
    for (Path configuration : folders(directory.resolve(suite))) {
      folders(configuration).stream()
          .filter(folder -> folder.getFileName().toString().startsWith(SEED))
          .map(RunFiles::read)
          .sorted(Comparator.comparingLong(RunRecord::seed))
          .forEach(records::add);
    }
    return List.copyOf(records);
  }

  /** The suites with records, in alphabetical order. */
  public List<String> suites() {
    return folders(directory).stream()
        .map(folder -> folder.getFileName().toString())
        .filter(name -> !name.equals(DRAFTS) && !name.equals(LOCKS))
        .toList();
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

  /** Creates a folder for a trial's files, which is deleted unless it is committed. */
  public Draft draft() {
    Path folder = directory.resolve(DRAFTS).resolve(UUID.randomUUID().toString());
    try {
      Files.createDirectories(folder);
      return new Draft(folder);
    } catch (IOException e) {
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
    }
  }

  /** A trial's files before they are moved into the store. */
  public final class Draft implements AutoCloseable {
    private final Path folder;

    private Draft(Path folder) {
      this.folder = folder;
    }

    /** The folder for further files, such as the adapter; all of them go into the store. */
    public Path directory() {
      return folder;
    }

    /** Writes the record and moves the folder into the store, replacing an earlier one. */
    public void commit(RunRecord record) {
      RunFiles.write(folder, record);
      place(record.id());
    }

    private void place(TrialId trial) {
      Path target = RunStore.this.directory(trial);
      try {
        Files.createDirectories(target.getParent());
        replace(target);
      } catch (IOException e) {
        throw new UncheckedIOException(target.toString(), e);
      }
    }

    @SuppressWarnings("try") // closing the lock releases it
    private void replace(Path target) throws IOException {
      Path old = folder.resolveSibling(folder.getFileName() + ".old");
      // Threads of one process cannot share a file lock, so they wait for each other here.
      synchronized (RunStore.class) {
        try (FileChannel channel =
                FileChannel.open(
                    directory.resolve(DRAFTS).resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
          if (Files.isDirectory(target)) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
          }
          Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        }
      }
      Folders.delete(old);
    }

    @Override
    public void close() {
      try {
        Folders.delete(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(folder.toString(), e);
      }
    }
  }
}
