package io.buckbench.suite;

import io.buckbench.data.Prompt;
import io.buckbench.input.CsvRow;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The prompts that suites and data sets name: the files of a directory.
 *
 * @param directory usually {@code benchmarks/prompts}
 */
public record Prompts(Path directory) {
  /** A valid prompt in the place of one with a problem. */
  private static final Prompt PLACEHOLDER = new Prompt("", "{text}", "text");

  /** Every id, in alphabetical order. */
  public List<String> ids() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(Prompt.FILE_END))
          .map(name -> name.substring(0, name.length() - Prompt.FILE_END.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(directory.toString(), e);
    }
  }

  /**
   * The prompt with an id.
   *
   * @throws InvalidInputException if there is none, or it is malformed
   */
  public Prompt read(String id) {
    if (!ids().contains(id)) {
      throw new InvalidInputException(
          "prompt",
          "'" + id + "'",
          "a file of " + directory + " without " + Prompt.FILE_END,
          Suggestion.todo(id, ids()));
    }
    return Prompt.read(directory.resolve(id + Prompt.FILE_END));
  }

  /** The prompt that a column of a row names; another one and a problem if there is none. */
  Prompt find(CsvRow row, String column, String id) {
    try {
      if (ids().contains(id)) {
        return read(id);
      }
      row.choice(column, ids());
    } catch (InvalidInputException e) {
      row.problems(e);
    }
    return PLACEHOLDER;
  }
}
