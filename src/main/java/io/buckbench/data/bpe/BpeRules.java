package io.buckbench.data.bpe;

import java.util.List;
import java.util.Optional;

/**
 * How a model family processes a text before and after byte-level BPE.
 *
 * @param special tokens that are recognised in a text; each must be in the vocabulary
 * @param first the special token that is added before a text, if any
 * @param firstOfEach whether it is also added before the second text of a pair
 * @param unknown the token for text outside the vocabulary, if any
 * @param addPrefixSpace whether a space is added before a text that does not begin with one
 */
public record BpeRules(
    List<String> special,
    Optional<String> first,
    boolean firstOfEach,
    Optional<String> unknown,
    boolean addPrefixSpace) {
  /** Checks that the first token is special. */
  public BpeRules {
    special = List.copyOf(special);
    if (first.isPresent() && !special.contains(first.get())) {
      throw new IllegalArgumentException(
          "first is " + first.get() + ", must be one of the special tokens " + special);
    }
  }
}
