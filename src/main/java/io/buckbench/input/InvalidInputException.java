package io.buckbench.input;

import java.util.List;
import java.util.stream.Collectors;

/** An input that cannot be used, with every problem found in it, not only the first. */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * @param problems at least one
   */
  public InvalidInputException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** One problem. */
  public InvalidInputException(String where, String found, String expected, String todo) {
    this(List.of(new Problem(where, found, expected, todo)));
  }

  /** One problem, with what caused it. */
  public InvalidInputException(
      String where, String found, String expected, String todo, Throwable cause) {
    this(where, found, expected, todo);
    initCause(cause);
  }

  /** All problems, in the order they were found. */
  public List<Problem> problems() {
    return problems;
  }
}
