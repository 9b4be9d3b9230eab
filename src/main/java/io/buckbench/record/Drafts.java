package io.buckbench.record;

import io.buckbench.files.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The folder in which records are written before they are moved into the store. Each draft is a
 * folder {@code <id>} next to a file {@code <id>.alive}, which its process locks. The system
 * releases the lock of a process that dies, also on another machine, so that its drafts can be
 * recognised and deleted.
 */
final class Drafts {
  private static final String ALIVE = ".alive";
  private static final String LOCK = "lock";

  /**
   * The drafts of this process. Their locks must not be tried: the system releases all locks of a
   * process on a file as soon as it closes one channel of it.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path folder;

  Drafts(Path folder) {
    this.folder = folder;
  }

  /** Work that no other process does at the same time in this store. */
  interface Exclusive<T> {
    T run() throws IOException;
  }

  /** A draft's folder and the lock that shows that its process lives. */
  record Draft(Path folder, FileChannel alive) {
    /** Deletes what is left of the draft. */
    void discard() throws IOException {
      Path name = folder.resolveSibling(folder.getFileName() + ALIVE);
      try {
        Folders.delete(folder);
        Folders.delete(old());
        Folders.delete(unfinished());
        Files.deleteIfExists(name);
      } finally {
        alive.close();
        OWN.remove(name.toAbsolutePath());
      }
    }

    /** A free name for a record that this draft replaces. */
    Path old() {
      return folder.resolveSibling(folder.getFileName() + ".old");
    }

    /** A free name for a record that a killed process had begun to replace. */
    Path unfinished() {
      return folder.resolveSibling(folder.getFileName() + ".unfinished");
    }
  }

  /** Creates a draft, after deleting those of dead processes. */
  Draft create() throws IOException {
    Files.createDirectories(folder);
    return exclusively(
        () -> {
          sweep();
          Path draft = folder.resolve(UUID.randomUUID().toString());
          Path name = folder.resolve(draft.getFileName() + ALIVE);
          FileChannel alive =
              FileChannel.open(name, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OWN.add(name.toAbsolutePath());
          alive.lock();
          return new Draft(Files.createDirectory(draft), alive);
        });
  }

  private void sweep() {
    for (Path file : files()) {
      String name = file.getFileName().toString();
      String owner = name.split("\\.", 2)[0] + ALIVE;
      try {
        if (!name.equals(LOCK) && !name.endsWith(ALIVE) && isDead(folder.resolve(owner))) {
          Folders.delete(file);
        } else if (name.endsWith(ALIVE) && isDead(file)) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        // Another user's draft, perhaps; it does no harm.
      }
    }
  }

  /** Folders before the files that name their owners, so that a killed sweep can be repeated. */
  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted(Comparator.comparing(file -> file.toString().endsWith(ALIVE))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  @SuppressWarnings("try") // closing the lock releases it
  private static boolean isDead(Path alive) throws IOException {
    if (OWN.contains(alive.toAbsolutePath())) {
      return false;
    }
    if (!Files.exists(alive)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(alive, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    }
  }

  /** Runs work while no other thread or process does so in this store. */
  @SuppressWarnings("try") // closing the lock releases it
  <T> T exclusively(Exclusive<T> work) throws IOException {
    // Threads of one process cannot share a file lock, so they wait for each other here.
    synchronized (Drafts.class) {
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        return work.run();
      }
    }
  }
}
