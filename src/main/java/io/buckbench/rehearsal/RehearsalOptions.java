package io.buckbench.rehearsal;

import io.buckbench.input.NamePattern;
import io.buckbench.input.Problems;
import java.nio.file.Path;

/**
 * The settings of a rehearsal.
 *
 * @param out directory of the rehearsal's project; new, or from an earlier rehearsal
 * @param tokenizer directory with {@code vocab.json} and {@code merges.txt}, or {@code
 *     tokenizer.json}
 * @param datasets directory with a subdirectory for each data set
 * @param only selects the configurations whose id matches
 * @param steps maximum number of training steps per configuration
 * @param testItems maximum number of test items per configuration
 * @param seed seed of the random weights and of the only trial of each configuration
 */
public record RehearsalOptions(
    Path out,
    Path tokenizer,
    Path datasets,
    NamePattern only,
    int steps,
    int testItems,
    long seed) {
  private static final String RAISE = "raise the number";

  /** Reports numbers out of range. */
  void check(Problems problems) {
    if (steps < 1) {
      problems.add("--steps", steps + "", "at least 1", RAISE);
    }
    if (testItems < 1) {
      problems.add("--test-items", testItems + "", "at least 1", RAISE);
    }
    if (seed < 0) {
      problems.add("--seed", seed + "", "0 or more", RAISE);
    }
  }
}
