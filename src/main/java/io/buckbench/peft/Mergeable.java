package io.buckbench.peft;

/**
 * An adapter whose effect can be written into the base model's weights, so that inference costs
 * nothing more. While merged its seams are empty. The bits that merging replaces are kept, at the
 * memory of the hooked weights, so that {@link #unmerge} is exact; merged and unmerged logits agree
 * to rounding.
 */
public interface Mergeable {
  /**
   * Writes the adapter into the base weights, in place.
   *
   * @throws IllegalStateException if it is merged already
   */
  void merge();

  /**
   * Puts the base weights back, bit for bit.
   *
   * @throws IllegalStateException if it is not merged
   */
  void unmerge();

  /** Whether the base weights hold the adapter now. */
  boolean merged();
}
