package io.buckbench.data.bpe;

import java.util.List;
import java.util.Optional;

/**
 * What a model family does with a text before and after byte-level BPE.
 *
 * @param special tokens that are read whole in a text; each must be in the vocabulary
 * @param first the special token put in front of a text, if any
 * @param firstOfEach whether the second text of a pair gets it too
 * @param unknown the token for what the vocabulary lacks, if any
 * @param addPrefixSpace whether a space is put in front of a text that has none
 */
public record BpeRules(
    List<String> special,
    Optional<String> first,
    boolean firstOfEach,
    Optional<String> unknown,
    boolean addPrefixSpace) {
  /** Refuses a first token that is not special. */
  public BpeRules {
    special = List.copyOf(special);
    if (first.isPresent() && !special.contains(first.get())) {
      throw new IllegalArgumentException(
          "first is " + first.get() + ", must be one of the special tokens " + special);
    }
  }
}
