package io.buckbench.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The largest resident memory of this process, native arrays included, since it was last reset. By
 * Linux's {@code /proc}; unknown elsewhere.
 */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  private PeakMemory() {}

  /** Starts anew from what is resident now; where that is not allowed, the peak stays. */
  static void reset() {
    try {
      Files.writeString(CLEAR, "5");
    } catch (IOException e) {
      // Then a row's peak is that of the largest row so far: too high, never too low.
    }
  }

  static OptionalLong bytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D+", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
