package io.buckbench.data;

import java.util.List;

/**
 * A data set in three parts.
 *
 * @param train the examples to train on
 * @param validation the examples on which settings are chosen
 * @param test the examples whose results are reported
 */
public record YesNoSplits(
    List<YesNoExample> train, List<YesNoExample> validation, List<YesNoExample> test) {
  /** Checks that no part is empty. */
  public YesNoSplits {
    train = part("train", train);
    validation = part("validation", validation);
    test = part("test", test);
  }

  private static List<YesNoExample> part(String name, List<YesNoExample> examples) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("split " + name + " has no rows, must have at least one");
    }
    return List.copyOf(examples);
  }
}
