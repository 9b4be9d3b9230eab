package io.buckbench.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The shipped prompts, and files of yes/no questions. */
public final class TestData {
  private TestData() {}

  /** A prompt of {@code benchmarks/prompts}. */
  public static Prompt prompt(String id) {
    return Prompt.read(Path.of("benchmarks/prompts", id + Prompt.FILE_END));
  }

  /** The rows of a file with question, passage and answer. */
  public static List<Example> yesNo(Path file) {
    return DataSet.yesNo(file, Set.of(Example.QUESTION, Example.PASSAGE)).rows(file);
  }
}
