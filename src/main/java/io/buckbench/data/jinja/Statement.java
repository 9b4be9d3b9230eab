package io.buckbench.data.jinja;

import java.util.List;

/** Writes a part of the output. */
@FunctionalInterface
interface Statement {
  /** What follows a statement in a loop. */
  enum Next {
    STATEMENT,
    ITERATION,
    AFTER_LOOP
  }

  Next run(Scope scope, Output output);

  /** Several statements, up to the first that leaves an iteration. */
  static Statement all(List<Statement> statements) {
    List<Statement> each = List.copyOf(statements);
    return (scope, output) -> {
      for (Statement statement : each) {
        Next next = statement.run(scope, output);
        if (next != Next.STATEMENT) {
          return next;
        }
      }
      return Next.STATEMENT;
    };
  }

  /** The same statement, whose failures name a line. */
  default Statement in(int line) {
    return (scope, output) -> {
      try {
        return run(scope, output);
      } catch (Failure e) {
        throw e.in(line);
      }
    };
  }
}
