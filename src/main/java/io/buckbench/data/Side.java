package io.buckbench.data;

/** The side on which a row of tokens is padded or cut. */
public enum Side {
  LEFT,
  RIGHT
}
