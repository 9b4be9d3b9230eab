package io.buckbench.worker;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * A worker process as the process sees it that started it. Its standard error, with everything that
 * the JVM and native libraries print, goes to a temporary file.
 */
final class WorkerProcess implements AutoCloseable {
  private static final int LAST_LINES = 12;
  private static final int LAST_CHARACTERS = 1500;
  private static final long SECONDS_TO_END = 10;

  /** Signals that end a process; a status of 128 and more is a signal's number. */
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 15,
          "SIGTERM");

  private final Process process;
  private final Path log;
  private final BufferedReader reports;
  private final BufferedWriter requests;
  private final LongSupplier nanoTime;
  private long logMark;
  private volatile long waitingSince;
  private volatile boolean waiting;
  private volatile long silentNanos;
  private volatile boolean killed;

  private WorkerProcess(Process process, Path log, LongSupplier nanoTime) {
    this.process = process;
    this.log = log;
    this.nanoTime = nanoTime;
    this.reports = process.inputReader(StandardCharsets.UTF_8);
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts a worker with this process's Java, class path and properties.
   *
   * @param nanoTime the clock of {@link #endIfSilent}
   */
  static WorkerProcess start(WorkerSettings settings, LongSupplier nanoTime) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(settings.jvmOptions());
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("buckbench.") || name.startsWith("ai.djl.")) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    command.addAll(List.of("-cp", classPath(), WorkerMain.class.getName()));
    try {
      Path log = Files.createTempFile("buckbench-worker-", ".txt");
      return new WorkerProcess(
          new ProcessBuilder(command).redirectError(log.toFile()).start(), log, nanoTime);
    } catch (IOException e) {
      throw WorkerStartException.notReady(e.getMessage());
    }
  }

  /** Maven's exec:java loads the program by a class loader; java.class.path is then Maven's own. */
  private static String classPath() {
    return WorkerProcess.class.getClassLoader() instanceof URLClassLoader loader
        ? Arrays.stream(loader.getURLs())
            .map(URL::toString)
            .map(url -> Path.of(URI.create(url)).toString())
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  /** The id of the process. */
  long pid() {
    return process.pid();
  }

  /** Sends a message. If the process has ended, {@link #read} reports it. */
  synchronized void send(Message message) {
    logMark = log.toFile().length();
    try {
      requests.write(message.line());
      requests.newLine();
      requests.flush();
    } catch (IOException e) {
      kill(); // Its standard input is closed, so it has ended or is ending.
    }
  }

  /** Waits for the next message; empty if the process has ended. */
  Optional<Message> read() {
    waitingSince = nanoTime.getAsLong();
    waiting = true;
    try {
      for (String line = reports.readLine(); line != null; line = reports.readLine()) {
        Optional<Message> message = Message.parse(line);
        if (message.isPresent()) {
          return message;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } finally {
      waiting = false;
    }
  }

  /** Kills the process if {@link #read} has waited for longer than a limit. */
  void endIfSilent(long limitNanos) {
    long silent = nanoTime.getAsLong() - waitingSince;
    if (waiting && silent > limitNanos) {
      silentNanos = silent;
      kill();
    }
  }

  /** How the process ended, with the last lines of its standard error since the last request. */
  String ending() {
    int status = exitStatus();
    String how;
    if (silentNanos > 0) {
      how =
          "the worker process reported nothing for "
              + TimeUnit.NANOSECONDS.toSeconds(silentNanos)
              + " s and was killed (-Dbuckbench.silence)";
    } else if (status > 128) {
      how =
          "the worker process was ended by "
              + SIGNALS.getOrDefault(status - 128, "signal " + (status - 128))
              + (status == 128 + 9 ? ", which the system sends too if memory is used up" : "");
    } else {
      how = "the worker process ended with status " + status;
    }
    String words = lastWords();
    return how + (words.isEmpty() ? "; it printed nothing" : "; its last words: " + words);
  }

  private int exitStatus() {
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        kill();
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private String lastWords() {
    try {
      byte[] bytes = Files.readAllBytes(log);
      int from = (int) Math.min(logMark, bytes.length);
      List<String> lines =
          new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.equals("#"))
              .toList();
      String last =
          String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
      return last.substring(Math.max(0, last.length() - LAST_CHARACTERS));
    } catch (IOException e) {
      throw new UncheckedIOException(log.toString(), e);
    }
  }

  /** Lets the process end, or kills it if it does not. */
  @Override
  public void close() {
    try {
      requests.close();
    } catch (IOException e) {
      // It has ended.
    }
    exitStatus();
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(log.toString(), e);
    }
  }

  /** Kills the process. */
  void kill() {
    killed = process.isAlive();
    process.destroyForcibly();
  }

  /** Whether the process had to be killed. */
  boolean killed() {
    return killed;
  }
}
