package io.buckbench.tensor;

/** What the products of a model are computed in; everything else is float32 in either. */
public enum Precision {
  /** Every number float32. */
  FLOAT32,
  /** Matrix products in float16, the rest in float32. */
  MIXED
}
