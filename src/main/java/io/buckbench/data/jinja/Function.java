package io.buckbench.data.jinja;

/** Something that a template can call. */
@FunctionalInterface
interface Function {
  /**
   * @param caller the scope of the call
   */
  Object call(Arguments arguments, Scope caller);
}
