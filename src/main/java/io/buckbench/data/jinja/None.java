package io.buckbench.data.jinja;

/** Python's {@code None}. */
public enum None {
  NONE
}
