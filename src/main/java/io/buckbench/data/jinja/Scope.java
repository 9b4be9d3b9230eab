package io.buckbench.data.jinja;

import java.util.HashMap;
import java.util.Map;

/** The variables that a statement sees. A loop's body and a macro have a scope of their own. */
final class Scope {
  /** Macros that call each other deeper than this are a mistake. */
  private static final int MOST_DEPTH = 200;

  private final Scope outer;
  private final int depth;
  private final Map<String, Object> variables = new HashMap<>();

  /** The scope of a whole template. */
  Scope(Map<String, Object> variables) {
    this.outer = null;
    this.depth = 0;
    this.variables.putAll(variables);
  }

  private Scope(Scope outer, int depth) {
    this.outer = outer;
    this.depth = depth;
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
