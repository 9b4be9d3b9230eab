package io.buckbench.peft;

/**
 * An adapter that can be merged into the base model's weights, so that inference has no extra cost.
 * While it is merged its seams are empty. Merging keeps copies of the weights it changes, so that
 * {@link #unmerge} is exact. Merged and unmerged logits agree to rounding.
 */
public interface Mergeable {
  /**
   * Writes the adapter into the base weights, in place.
   *
   * @throws IllegalStateException if it is merged already
   */
  void merge();

  /**
   * Restores the base weights, bit for bit.
   *
   * @throws IllegalStateException if it is not merged
   */
  void unmerge();
}
