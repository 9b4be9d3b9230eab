package io.buckbench.endurance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM that a test starts, watches and kills. Its standard output and error are read together. */
final class Child implements AutoCloseable {
  /** A machine may be slow, so only silence is a fault: no line in this time. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private final Process process;
  private final Thread reader;
  private final List<String> lines = new ArrayList<>();
  private volatile long lastLine = System.nanoTime();

  private Child(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a JVM.
   *
   * @param options of the JVM, such as system properties
   * @param environment variables besides those of this process
   */
  static Child start(
      Map<String, String> environment, List<String> options, Class<?> main, String... arguments) {
    // A shell's background jobs ignore SIGINT, and so would their children.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return new Child(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lastLine = System.nanoTime();
          lines.notifyAll();
        }
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  /** What it has printed so far. */
  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Its whole output, for messages. */
  String output() {
    return String.join("\n", lines());
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  private boolean isSilent() {
    return System.nanoTime() - lastLine > SILENCE.toNanos();
  }

  /** The first line with a prefix, without the prefix; waits for it. */
  String await(String prefix) throws InterruptedException {
    synchronized (lines) {
      while (!isSilent()) {
        for (String line : lines) {
          if (line.startsWith(prefix)) {
            return line.substring(prefix.length());
          }
        }
        if (!process.isAlive() && !reader.isAlive()) {
          break;
        }
        lines.wait(50);
      }
    }
    throw new AssertionError("no line '" + prefix + "' in:\n" + output());
  }

  /** Writes a line to its standard input. */
  void send(String line) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
  }

  /** Whether it ends within a time. */
  boolean endsWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Waits for its end. */
  int exitStatus() throws InterruptedException {
    while (!process.waitFor(1, TimeUnit.SECONDS)) {
      if (isSilent()) {
        close();
        throw new AssertionError("it printed nothing for " + SILENCE + ":\n" + output());
      }
    }
    reader.join();
    return process.exitValue();
  }

  /** Sends SIGKILL to it, and to none of its children. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends it and its children. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
