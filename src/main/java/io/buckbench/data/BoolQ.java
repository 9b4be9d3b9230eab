package io.buckbench.data;

import io.buckbench.input.InvalidInputException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * BoolQ (Clark et al., NAACL 2019), split as the paper did: SuperGLUE's test answers are not
 * public, so validation is halved, in its original order. The second half, 1,635 rows with 1,002
 * yes, is the only half whose all-yes accuracy is the paper's 61.28 %: it is the test set, and the
 * first half is validation.
 */
public final class BoolQ {
  private BoolQ() {}

  /**
   * The paper's split, leaks included: 954 of the 3,270 validation rows have a passage that also
   * stands in train, and 170 test rows one that stands in validation, under other questions.
   *
   * @param directory holds {@code train.jsonl} and {@code validation.jsonl}
   */
  public static YesNoSplits paper(Path directory) {
    List<YesNoExample> train = YesNoFile.read(directory.resolve("train.jsonl"));
    Path file = directory.resolve("validation.jsonl");
    List<YesNoExample> halved = YesNoFile.read(file);
    if (halved.size() < 2) {
      throw new InvalidInputException(
          file.toString(), "one row", "two at least, to be halved", "fetch the file again");
    }
    int half = halved.size() / 2;
    return new YesNoSplits(train, halved.subList(0, half), halved.subList(half, halved.size()));
  }

  /**
   * The paper's split without shared passages: test loses the rows whose passage stands in train;
   * validation those whose passage stands in train or in what is left of test, so that test stays
   * as large as it can. Train is the same. Passages are compared letter for letter. Of the
   * published files 1,086 rows of validation (678 yes) and 1,177 of test (718 yes) are left.
   */
  public static YesNoSplits clean(Path directory) {
    YesNoSplits paper = paper(directory);
    Set<String> inTrain = passages(paper.train());
    List<YesNoExample> test = kept(paper.test(), inTrain);
    Set<String> inTest = passages(test);
    List<YesNoExample> validation =
        kept(
            paper.validation(),
            Stream.of(inTrain, inTest).flatMap(Collection::stream).collect(Collectors.toSet()));
    if (test.isEmpty() || validation.isEmpty()) {
      throw new InvalidInputException(
          directory.toString(),
          "no row left in " + (test.isEmpty() ? "test" : "validation"),
          "rows whose passage stands in no other split",
          "use the paper's split, or another data set");
    }
    return new YesNoSplits(paper.train(), validation, test);
  }

  private static Set<String> passages(List<YesNoExample> examples) {
    return examples.stream().map(YesNoExample::passage).collect(Collectors.toSet());
  }

  private static List<YesNoExample> kept(List<YesNoExample> examples, Set<String> leaked) {
    Predicate<YesNoExample> leaks = example -> leaked.contains(example.passage());
    return examples.stream().filter(leaks.negate()).toList();
  }
}
