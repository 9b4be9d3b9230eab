package io.buckbench.data.bpe;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A byte-level vocabulary: special tokens first, then the 256 bytes, then the tokens that merges
 * make.
 *
 * @param merges pairs in the order in which they are applied
 */
public record BpeVocabulary(List<Merge> merges) {
  /** OPT's special tokens; their places here are their ids. */
  public static final List<String> SPECIAL = List.of("<s>", "<pad>", "</s>", "<unk>");

  /**
   * Two neighbouring tokens that become one.
   *
   * @param left the token before
   * @param right the token behind
   */
  public record Merge(String left, String right) {
    /** The token they become. */
    public String joined() {
      return left + right;
    }
  }

  /** All tokens; a token's place is its id. */
  public List<String> tokens() {
    Set<String> tokens = new LinkedHashSet<>(SPECIAL);
    tokens.addAll(ByteAlphabet.all());
    merges.forEach(m -> tokens.add(m.joined()));
    return List.copyOf(tokens);
  }

  /** How many tokens there are. */
  public int size() {
    return tokens().size();
  }
}
