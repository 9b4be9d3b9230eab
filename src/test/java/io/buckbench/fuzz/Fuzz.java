package io.buckbench.fuzz;

import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gives contents to readers and says what a reader did that it may not do. */
final class Fuzz implements AutoCloseable {
  /** Processor time, far longer than any of these small files needs. */
  private static final long SECONDS = 10;

  /** A reader that waits, or a machine that is busy with something else, uses no processor time. */
  private static final long SECONDS_OF_WAITING = 120;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Path folder;
  private volatile long thread;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            // Deep recursion must fail as soon as on a small machine.
            Thread started = new Thread(null, task, "reader", 1 << 19);
            started.setDaemon(true);
            thread = started.getId();
            return started;
          });

  /**
   * @param folder for the files that are read
   */
  Fuzz(Path folder) {
    this.folder = folder;
  }

  /** What is wrong with how a content was read; empty if it was read, or refused by name. */
  Optional<String> fault(Format format, byte[] content) throws IOException, InterruptedException {
    Path own = Files.createDirectories(folder.resolve("fuzzed"));
    Future<?> reading =
        reader.submit(
            () -> {
              format.reader().read(own, content);
              return null;
            });
    try {
      return ends(reading)
          ? Optional.empty()
          : Optional.of("it took longer than " + SECONDS + " s of processor time, or waited");
    } catch (ExecutionException e) {
      return fault(e.getCause());
    } finally {
      Folders.delete(own);
    }
  }

  private boolean ends(Future<?> reading) throws ExecutionException, InterruptedException {
    long before = THREADS.getThreadCpuTime(thread);
    for (long waited = 1; waited <= SECONDS_OF_WAITING; waited++) {
      try {
        reading.get(1, TimeUnit.SECONDS);
        return true;
      } catch (TimeoutException e) {
        long used = THREADS.getThreadCpuTime(thread) - before;
        if (used > TimeUnit.SECONDS.toNanos(SECONDS)) {
          break;
        }
      }
    }
    reading.cancel(true);
    return false;
  }

  private static Optional<String> fault(Throwable thrown) {
    if (!(thrown instanceof InvalidInputException)) {
      StackTraceElement[] stack = thrown.getStackTrace();
      return Optional.of(thrown + (stack.length == 0 ? "" : " at " + stack[0]));
    }
    String message = thrown.getMessage();
    if (!message.contains("fuzzed")) {
      return Optional.of("the message names no file: " + message);
    }
    return message.length() > 2_000_000
        ? Optional.of("a message of " + message.length() + " characters")
        : Optional.empty();
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
