package io.buckbench.data.jinja;

import java.util.HashMap;
import java.util.Map;

/** The variables that a statement sees. A loop's body and a macro have a scope of their own. */
final class Scope {
  /** Macros that call each other deeper than this are a mistake. */
  private static final int MOST_DEPTH = 200;

  /** Iterations and calls of a text; a prompt takes a few for each message. */
  private static final int MOST_SCOPES = 1_000_000;

  private final Scope outer;
  private final Scope whole;
  private final int depth;
  private final Map<String, Object> variables = new HashMap<>();

  /** Of the whole template: how many there are. */
  private int scopes;

  /** The scope of a whole template. */
  Scope(Map<String, Object> variables) {
    this.outer = null;
    this.whole = this;
    this.depth = 0;
    this.variables.putAll(variables);
  }

  private Scope(Scope outer, int depth) {
    this.outer = outer;
    this.whole = outer.whole;
    this.depth = depth;
    if (++whole.scopes > MOST_SCOPES) {
      throw new Failure("loops and macros without end", "at most " + MOST_SCOPES + " iterations");
    }
    if (depth > MOST_DEPTH) {
      throw new Failure("macros that call each other without end", "at most " + MOST_DEPTH);
    }
  }

  /** A scope within this one. */
  Scope inner() {
    return new Scope(this, depth + 1);
  }

  /** The scope of a macro that was declared in this one, called from another. */
  Scope called(Scope caller) {
    return new Scope(this, caller.depth + 1);
  }

  Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Object value = scope.variables.get(name);
      if (value != null) {
        return value;
      }
    }
    return new Undefined(name);
  }

  void set(String name, Object value) {
    variables.put(name, value);
  }
}
