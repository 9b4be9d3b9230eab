package io.buckbench.model;

/**
 * One weight of a model.
 *
 * @param name Hugging Face's name
 * @param shape the length of each axis
 * @param start the initial values
 */
public record WeightSpec(String name, long[] shape, Start start) {
  /** The initial values of a weight, as in Transformers' {@code _init_weights}. */
  public enum Start {
    /** Normal with the architecture's standard deviation. */
    NORMAL,
    /** Like {@link #NORMAL}, with zeros in the pad token's row. */
    NORMAL_WITHOUT_PAD,
    /** Like {@link #NORMAL}, divided by the square root of twice the number of layers. */
    NORMAL_BY_DEPTH,
    ZEROS,
    ONES
  }

  /** The number of elements. */
  public long elements() {
    long elements = 1;
    for (long axis : shape) {
      elements = Math.multiplyExact(elements, axis);
    }
    return elements;
  }
}
