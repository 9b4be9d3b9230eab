package io.buckbench.record;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An operating system's lock on a trial of a store. While a process has it, no other process of the
 * machine that uses the store runs the trial. It ends when it is closed or when the process ends,
 * also if it is killed. On a file system that several machines share, it depends on that file
 * system whether they see each other's locks; without them a trial may be run twice, with the same
 * bits.
 */
public final class TrialLock implements AutoCloseable {
  /**
   * The files locked by this process. Closing any channel of a file can release all locks that the
   * process has on it (POSIX), so a locked file must not be opened again.
   */
  private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private TrialLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a file, which is created if it is missing.
   *
   * @return empty if another process, or this one, has it locked
   */
  static Optional<TrialLock> tryLock(Path file) {
    Path path = file.toAbsolutePath().normalize();
    if (!LOCKED.add(path)) {
      return Optional.empty();
    }
    Optional<TrialLock> lock = Optional.empty();
    try {
      lock = locked(path);
      return lock;
    } finally {
      if (lock.isEmpty()) {
        LOCKED.remove(path);
      }
    }
  }

  private static Optional<TrialLock> locked(Path file) {
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(new TrialLock(file, channel));
    } catch (IOException e) {
      throw new InvalidInputException(
          file.toString(),
          "a file that cannot be locked: " + e.getMessage(),
          "a writable folder on a file system with locks",
          "make it writable, or name another store with -Dbuckbench.runs",
          e);
    }
  }

  /** Releases the lock. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    } finally {
      LOCKED.remove(file);
    }
  }
}
