package io.buckbench.rehearsal;

import io.buckbench.input.Problems;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * How a suite is rehearsed.
 *
 * @param out the folder that becomes the rehearsal's project; new, or an earlier rehearsal's
 * @param tokenizer holds {@code vocab.json} and {@code merges.txt}, or {@code tokenizer.json}
 * @param datasets holds a folder for each data set
 * @param only rows whose id matches
 * @param steps that each trained row takes at most
 * @param testRows that each row is asked at most
 * @param seed of the random weights and of the one trial of each row
 */
public record RehearsalOptions(
    Path out, Path tokenizer, Path datasets, Pattern only, int steps, int testRows, long seed) {
  private static final String RAISE = "raise the number";

  /** Notes what cannot be. */
  void check(Problems problems) {
    if (steps < 1) {
      problems.add("--steps", steps + "", "at least 1", RAISE);
    }
    if (testRows < 1) {
      problems.add("--test-rows", testRows + "", "at least 1", RAISE);
    }
    if (seed < 0) {
      problems.add("--seed", seed + "", "0 or more", RAISE);
    }
  }
}
