package io.buckbench.report.markup;

/** A part of a page: an element, a text, or a style sheet or script of ours. */
public interface Node {
  /** Writes the markup. */
  void appendTo(StringBuilder out);
}
