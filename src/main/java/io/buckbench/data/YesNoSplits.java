package io.buckbench.data;

import java.util.List;

/**
 * A data set as a configuration uses it: learn on one part, choose on the next, report on the last.
 *
 * @param train what is learned from
 * @param validation what settings are chosen on
 * @param test what is reported
 */
public record YesNoSplits(
    List<YesNoExample> train, List<YesNoExample> validation, List<YesNoExample> test) {
  /** Copies the parts and refuses an empty one. */
  public YesNoSplits {
    train = part("train", train);
    validation = part("validation", validation);
    test = part("test", test);
  }

  private static List<YesNoExample> part(String name, List<YesNoExample> examples) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("split " + name + " has no rows, must have one at least");
    }
    return List.copyOf(examples);
  }
}
