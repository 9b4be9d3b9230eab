package io.buckbench.fuzz;

import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
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
  /** Far longer than any of these small files needs. */
  private static final long SECONDS = 10;

  private final Path folder;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            // Deep recursion must fail as soon as on a small machine.
            Thread thread = new Thread(null, task, "reader", 1 << 19);
            thread.setDaemon(true);
            return thread;
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
      reading.get(SECONDS, TimeUnit.SECONDS);
      return Optional.empty();
    } catch (TimeoutException e) {
      reading.cancel(true);
      return Optional.of("it took longer than " + SECONDS + " s");
    } catch (ExecutionException e) {
      return fault(e.getCause());
    } finally {
      Folders.delete(own);
    }
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
