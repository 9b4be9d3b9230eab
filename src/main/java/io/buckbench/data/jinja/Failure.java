package io.buckbench.data.jinja;

/** A template that cannot be parsed or rendered; {@link JinjaTemplate} adds the file. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String expected;

  /** A failure whose line is added by the statement that it is in. */
  Failure(String found, String expected) {
    this(0, found, expected);
  }

  Failure(int line, String found, String expected) {
    super(found);
    this.line = line;
    this.expected = expected;
  }

  /** The same failure in a line, unless it has one. */
  Failure in(int number) {
    return line > 0 ? this : new Failure(number, getMessage(), expected);
  }

  /** The line of the template, from 1. */
  int line() {
    return line;
  }

  String expected() {
    return expected;
  }
}
