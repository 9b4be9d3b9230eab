package io.buckbench.model;

/**
 * One weight of a model.
 *
 * @param name Hugging Face's
 * @param shape the length of each axis
 * @param start what a fresh model has there
 */
public record WeightSpec(String name, long[] shape, Start start) {
  /** How a weight starts, as Transformers' {@code _init_weights} has it. */
  public enum Start {
    /** Normal with the architecture's standard deviation. */
    NORMAL,
    /** The same, with a row of zeros for the pad token. */
    NORMAL_WITHOUT_PAD,
    ZEROS,
    ONES
  }

  /** How many numbers it holds. */
  public long elements() {
    long elements = 1;
    for (long axis : shape) {
      elements = Math.multiplyExact(elements, axis);
    }
    return elements;
  }
}
