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
 * Run records on disk, a folder for each trial: {@code <suite>/<configuration>/seed-<n>/}.
 *
 * <p>A trial's folder appears as a whole or not at all: it is written to a temporary folder of the
 * store and moved into place. Several processes may share a store; of two that finish the same
 * trial, the record of the later one stays.
 */
public final class RunStore {
  private static final String DRAFTS = ".drafts";
  private static final String SEED = "seed-";

  private final Path directory;

  /**
   * @param directory need not exist yet
   */
  public RunStore(Path directory) {
    this.directory = directory;
  }

  /** The store of {@code -Dbuckbench.runs}, or {@code target/runs}. */
  public static RunStore standard() {
    return new RunStore(Path.of(System.getProperty("buckbench.runs", "target/runs")));
  }

  /** The store's folder. */
  public Path directory() {
    return directory;
  }

  /** The folder of a trial's files; it exists if the trial was run. */
  public Path directory(TrialId trial) {
    return directory
        .resolve(trial.suite())
        .resolve(trial.configuration())
        .resolve(SEED + trial.seed());
  }

  /**
   * The record of a trial, if it was run.
   *
   * @throws InvalidInputException if its files were damaged
   */
  public Optional<RunRecord> find(TrialId trial) {
    Path folder = directory(trial);
    return Files.isDirectory(folder) ? Optional.of(RunFiles.read(folder)) : Optional.empty();
  }

  /**
   * Every record of a suite, also of rows that are no longer declared; by configuration and seed.
   */
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

  /** The suites that have records, in alphabetical order. */
  public List<String> suites() {
    return folders(directory).stream()
        .map(folder -> folder.getFileName().toString())
        .filter(name -> !name.equals(DRAFTS))
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

  /** A folder to write a trial's files into; discarded unless it is committed. */
  public Draft draft() {
    Path folder = directory.resolve(DRAFTS).resolve(UUID.randomUUID().toString());
    try {
      Files.createDirectories(folder);
      return new Draft(folder);
    } catch (IOException e) {
      throw new InvalidInputException(
          directory.toString(),
          "a directory that cannot be written: " + e.getMessage(),
          "a directory for run records",
          "free the place, or name another with -Dbuckbench.runs",
          e);
    }
  }

  /** A trial's files before they are in the store. */
  public final class Draft implements AutoCloseable {
    private final Path folder;

    private Draft(Path folder) {
      this.folder = folder;
    }

    /** Where to write further files, such as the adapter; all of them go into the store. */
    public Path directory() {
      return folder;
    }

    /** Writes the record and moves the folder into the store, in place of an earlier one. */
    public void commit(RunRecord record) {
      RunFiles.write(folder, record);
      Path target = RunStore.this.directory(record.id());
      try {
        Files.createDirectories(target.getParent());
        replace(target);
      } catch (IOException e) {
        throw new UncheckedIOException(target.toString(), e);
      }
    }

    @SuppressWarnings("try") // the lock is released by closing it
    private void replace(Path target) throws IOException {
      Path old = folder.resolveSibling(folder.getFileName() + ".old");
      // Threads of one process cannot share a file lock, so they queue here first.
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
