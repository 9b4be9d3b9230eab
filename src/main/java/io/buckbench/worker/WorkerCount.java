package io.buckbench.worker;

import io.buckbench.input.InvalidInputException;
import io.buckbench.preflight.TrialsAtOnce;
import io.buckbench.suite.Trial;
import java.util.List;
import java.util.OptionalInt;

/**
 * How many workers to start: a number, or as many as the machine can run at the same time.
 *
 * @param where the option, for errors
 * @param number empty for {@code auto}
 */
public record WorkerCount(String where, OptionalInt number) {
  private static final String PROPERTY = "buckbench.workers";

  /** Reads {@code -Dbuckbench.workers}, which is {@code auto} by default. */
  public static WorkerCount fromProperties() {
    return parse("-D" + PROPERTY, System.getProperty(PROPERTY, "auto"));
  }

  /**
   * Reads a number or {@code auto}.
   *
   * @throws InvalidInputException if it is neither
   */
  public static WorkerCount parse(String where, String text) {
    if (text.equals("auto")) {
      return new WorkerCount(where, OptionalInt.empty());
    }
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw new InvalidInputException(
          where, "'" + text + "'", "auto or a whole number from 1 to 9999", "correct it");
    }
    return new WorkerCount(where, OptionalInt.of(Integer.parseInt(text)));
  }

  /**
   * The number of workers for some trials, at most one for each.
   *
   * @throws InvalidInputException for several workers on one GPU
   */
  public int of(List<Trial> trials, TrialsAtOnce machine) {
    if (number.orElse(1) > 1 && machine.onGpu()) {
      throw new InvalidInputException(
          where,
          number.getAsInt() + " workers on a GPU",
          "1 or auto, since every worker uses CUDA's first device",
          "for several GPUs start a command for each, with CUDA_VISIBLE_DEVICES and a share of the"
              + " rows (--only); they may use one run store");
    }
    return number.isPresent()
        ? Math.max(1, Math.min(number.getAsInt(), trials.size()))
        : machine.of(trials);
  }
}
