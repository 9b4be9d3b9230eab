package io.buckbench.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The peak of a process's resident memory since the last reset, including native arrays. Read from
 * Linux's {@code /proc}; unknown on other systems, and after the process has ended.
 *
 * @param process the id of the process
 */
public record PeakMemory(long process) {
  /** The peak of this process. */
  public static PeakMemory ofThisProcess() {
    return new PeakMemory(ProcessHandle.current().pid());
  }

  private Path file(String name) {
    return Path.of("/proc", Long.toString(process), name);
  }

  /** Resets the peak to the current resident memory, if the system allows it. */
  public void reset() {
    try {
      Files.writeString(file("clear_refs"), "5");
    } catch (IOException e) {
      // Then a trial's peak is the largest of all trials so far: too high, never too low.
    }
  }

  /** The peak since the last reset; empty if the system does not say. */
  public OptionalLong bytes() {
    try {
      return Files.readAllLines(file("status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D+", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
