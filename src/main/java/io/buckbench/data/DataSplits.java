package io.buckbench.data;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set in three parts.
 *
 * @param answers the answers that its questions can have
 * @param train the examples to train on
 * @param validation the examples on which settings are chosen
 * @param test the examples whose results are reported
 */
public record DataSplits(
    Answers answers, List<Example> train, List<Example> validation, List<Example> test) {
  /** Checks that no part is empty. */
  public DataSplits {
    train = part("train", train);
    validation = part("validation", validation);
    test = part("test", test);
  }

  /**
   * A data set whose answers are known by their words.
   *
   * @param words the words of the answers; the commonest is found in the training examples
   */
  public static DataSplits of(
      List<String> words, List<Example> train, List<Example> validation, List<Example> test) {
    int[] counts = new int[words.size()];
    train.forEach(example -> counts[example.answer()]++);
    int commonest = 0;
    for (int answer = 1; answer < counts.length; answer++) {
      commonest = counts[answer] > counts[commonest] ? answer : commonest;
    }
    return new DataSplits(new Answers(words, commonest), train, validation, test);
  }

  /**
   * The rows that parts share.
   *
   * @param fields the fields to compare
   * @return for example {@code test in train}: the rows of test whose texts are in train too
   */
  public Map<String, Leaks> leaks(Collection<String> fields) {
    Map<String, Leaks> leaks = new LinkedHashMap<>();
    leaks.put("test in train", Leaks.of(test, train, fields));
    leaks.put("test in validation", Leaks.of(test, validation, fields));
    leaks.put("validation in train", Leaks.of(validation, train, fields));
    return leaks;
  }

  private static List<Example> part(String name, List<Example> examples) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("split " + name + " has no rows, must have at least one");
    }
    return List.copyOf(examples);
  }
}
