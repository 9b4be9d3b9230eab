package io.buckbench.data;

/** An end of a row of tokens: where it is padded or cut. */
public enum Side {
  LEFT,
  RIGHT
}
