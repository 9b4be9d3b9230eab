package io.buckbench.data.jinja;

/** Computes a value. */
@FunctionalInterface
interface Expression {
  Object value(Scope scope);
}
