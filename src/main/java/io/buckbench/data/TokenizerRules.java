package io.buckbench.data;

import io.buckbench.data.bpe.BpeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a model family configures its tokenizer.
 *
 * @param end token that ends an answer
 * @param pad token that pads a batch
 * @param front token that is added before every text, if any
 */
public record TokenizerRules(String end, String pad, Optional<String> front) {
  /**
   * The rules of a byte-level BPE tokenizer that was published without {@code tokenizer.json}, as
   * Transformers' GPT2Tokenizer applies them: no space is added before a text.
   */
  BpeRules bpe() {
    List<String> special = new ArrayList<>(List.of(pad, end));
    front.filter(token -> !special.contains(token)).ifPresent(special::add);
    return new BpeRules(special, front, true, Optional.empty(), false);
  }
}
