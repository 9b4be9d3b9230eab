package io.buckbench.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The peak of this process's resident memory since the last reset, including native arrays. Read
 * from Linux's {@code /proc}; unknown on other systems.
 */
public final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  private PeakMemory() {}

  /** Resets the peak to the current resident memory, if the system allows it. */
  public static void reset() {
    try {
      Files.writeString(CLEAR, "5");
    } catch (IOException e) {
      // Then the peak is the largest so far: too high, never too low.
    }
  }

  /** The peak; empty if the system does not report it. */
  public static OptionalLong bytes() {
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
