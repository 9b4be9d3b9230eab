package io.buckbench.input;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown for an input that cannot be used; lists every problem found, not only the first. */
public class InvalidInputException extends RuntimeException {
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

  /** One problem, with its cause. */
  public InvalidInputException(
      String where, String found, String expected, String todo, Throwable cause) {
    this(where, found, expected, todo);
    initCause(cause);
  }

  /** The problems, in the order in which they were found. */
  public List<Problem> problems() {
    return problems;
  }
}
