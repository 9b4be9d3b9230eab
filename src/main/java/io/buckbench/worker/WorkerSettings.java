package io.buckbench.worker;

import io.buckbench.input.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The limits of each worker process.
 *
 * @param heap the largest Java heap, in the format of the JVM's option {@code -Xmx}; arrays of
 *     PyTorch are outside it
 * @param silence the time after which a worker that reported nothing is killed
 * @param options further options of the JVM
 */
public record WorkerSettings(String heap, Duration silence, List<String> options) {
  private static final String HEAP = "buckbench.heap";
  private static final String SILENCE = "buckbench.silence";

  /**
   * Reads {@code -Dbuckbench.heap} (default 2g), {@code -Dbuckbench.silence} (seconds, default 600:
   * far longer than a step, a batch of answers, or the loading of a model) and {@code
   * -Dbuckbench.jvm} (options separated by spaces, default none).
   *
   * @throws InvalidInputException if a value is invalid
   */
  public static WorkerSettings fromProperties() {
    String heap = System.getProperty(HEAP, "2g");
    if (!heap.matches("[1-9][0-9]*[kKmMgG]")) {
      throw new InvalidInputException(
          "-D" + HEAP, "'" + heap + "'", "a number and k, m or g, such as 2g", "correct it");
    }
    String seconds = System.getProperty(SILENCE, "600");
    if (!seconds.matches("[1-9][0-9]{0,8}")) {
      throw new InvalidInputException(
          "-D" + SILENCE, "'" + seconds + "'", "a number of seconds from 1", "correct it");
    }
    String options = System.getProperty("buckbench.jvm", "").strip();
    return new WorkerSettings(
        heap,
        Duration.ofSeconds(Long.parseLong(seconds)),
        options.isEmpty() ? List.of() : List.of(options.split("\\s+")));
  }

  /** The same with one more option of the JVM. */
  public WorkerSettings with(String option) {
    List<String> more = new ArrayList<>(options);
    more.add(option);
    return new WorkerSettings(heap, silence, List.copyOf(more));
  }

  /** All options of a worker's JVM. */
  List<String> jvmOptions() {
    List<String> all = new ArrayList<>();
    all.add("-Xmx" + heap);
    // What is left of a process without memory should not go on.
    all.add("-XX:+ExitOnOutOfMemoryError");
    // Standard output is for messages.
    all.add("-XX:+DisplayVMOutputToStderr");
    all.addAll(options);
    return all;
  }
}
