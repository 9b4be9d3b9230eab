package io.buckbench.data;

import io.buckbench.input.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * BoolQ (Clark et al., NAACL 2019), split as in the paper. SuperGLUE's test answers are not public,
 * so the validation rows are halved in their original order. Only the second half, 1,635 rows with
 * 1,002 yes, has the paper's all-yes accuracy of 61.28 %: it is the test set, and the first half is
 * the validation set.
 */
public final class BoolQ {
  private BoolQ() {}

  /**
   * The paper's split, including its leaks: 954 of the 3,270 validation rows share their passage
   * with a training row, and 170 test rows share theirs with a validation row, each with another
   * question.
   *
   * @param directory a directory with {@code train.jsonl} and {@code validation.jsonl}
   */
  public static DataSplits paper(Path directory) {
    List<Example> train = YesNoFile.read(directory.resolve("train.jsonl"));
    Path file = directory.resolve("validation.jsonl");
    List<Example> halved = YesNoFile.read(file);
    if (halved.size() < 2) {
      throw new InvalidInputException(
          file.toString(), "one row", "at least two, to be halved", "fetch the file again");
    }
    int half = halved.size() / 2;
    return DataSplits.of(
        Answers.YES_NO.words(),
        train,
        halved.subList(0, half),
        halved.subList(half, halved.size()));
  }

  /**
   * The paper's split without shared passages. Test rows whose passage is in train are removed, and
   * validation rows whose passage is in train or in the remaining test rows, so that the test set
   * stays as large as possible. Train is unchanged. Passages are compared exactly. The published
   * files leave 1,086 validation rows (678 yes) and 1,177 test rows (718 yes).
   */
  public static DataSplits clean(Path directory) {
    DataSplits paper = paper(directory);
    Set<String> inTrain = passages(paper.train());
    List<Example> test = kept(paper.test(), inTrain);
    List<Example> validation = kept(kept(paper.validation(), inTrain), passages(test));
    if (test.isEmpty() || validation.isEmpty()) {
      throw new InvalidInputException(
          directory.toString(),
          "no row left in " + (test.isEmpty() ? "test" : "validation"),
          "rows whose passage is in no other split",
          "use the paper's split, or another data set");
    }
    return new DataSplits(paper.answers(), paper.train(), validation, test);
  }

  private static Set<String> passages(List<Example> examples) {
    return examples.stream()
        .map(example -> example.field(Example.PASSAGE))
        .collect(Collectors.toSet());
  }

  private static List<Example> kept(List<Example> examples, Set<String> leaked) {
    return examples.stream()
        .filter(example -> !leaked.contains(example.field(Example.PASSAGE)))
        .toList();
  }
}
