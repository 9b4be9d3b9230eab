package io.buckbench.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Lines on standard error that change while tasks are running, one for each task. On a terminal
 * they stay at the bottom and are redrawn; elsewhere a line is printed for each task about once a
 * minute.
 */
final class ProgressLines implements AutoCloseable {
  private static final long REDRAW_NANOS = 200_000_000L;
  private static final long PRINT_NANOS = 60_000_000_000L;

  /** Longer lines would wrap, and then the cursor moves up too few lines. */
  private static final int WIDTH = 79;

  private final PrintStream screen;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, Long> printed = new LinkedHashMap<>();
  private long drawnAt;
  private int drawn;

  /**
   * @param terminal whether the screen understands ANSI's sequences for moving the cursor
   */
  ProgressLines(PrintStream screen, boolean terminal, LongSupplier nanoTime) {
    this.screen = screen;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.drawnAt = nanoTime.getAsLong() - REDRAW_NANOS;
  }

  /** Lines on standard error, redrawn if it is a terminal. */
  static ProgressLines ofTerminal() {
    return new ProgressLines(System.err, isTerminal(System.console()), System::nanoTime);
  }

  /** Since Java 22 there is a console without a terminal too. */
  private static boolean isTerminal(Console console) {
    if (console == null || System.getenv("TERM") == null || System.getenv("TERM").equals("dumb")) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true; // Before Java 22 a console is a terminal.
    }
  }

  /** Shows what a task does now. */
  void show(String task, String text) {
    texts.put(task, text);
    long now = nanoTime.getAsLong();
    if (terminal) {
      if (now - drawnAt >= REDRAW_NANOS) {
        redraw();
      }
    } else if (now - printed.computeIfAbsent(task, t -> now) >= PRINT_NANOS) {
      printed.put(task, now);
      screen.println(task + ": " + text);
    }
  }

  /** Removes a task's line, and all others until {@link #redraw}, so that text can be printed. */
  void remove(String task) {
    texts.remove(task);
    printed.remove(task);
    erase();
  }

  /** Draws all lines again. */
  void redraw() {
    if (!terminal) {
      return;
    }
    erase();
    for (Map.Entry<String, String> line : texts.entrySet()) {
      String text = line.getKey() + ": " + line.getValue();
      screen.println(text.substring(0, Math.min(WIDTH, text.length())));
    }
    screen.flush();
    drawn = texts.size();
    drawnAt = nanoTime.getAsLong();
  }

  private void erase() {
    if (drawn > 0) {
      // Moves the cursor up and erases everything below it.
      screen.print("\u001b[" + drawn + "A\u001b[J");
      screen.flush();
      drawn = 0;
    }
  }

  /** Removes all lines. */
  @Override
  public void close() {
    texts.clear();
    erase();
  }
}
