package io.buckbench.data;

import io.buckbench.data.bpe.BpeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a model family sets up its tokenizer.
 *
 * @param end token that ends an answer
 * @param pad token that fills a batch
 * @param front token that is put before every text; empty for none
 */
public record TokenizerRules(String end, String pad, Optional<String> front) {
  /**
   * The same for a byte-level BPE that was published without {@code tokenizer.json}, as
   * Transformers' GPT2Tokenizer builds it: no space is added in front.
   */
  BpeRules bpe() {
    List<String> special = new ArrayList<>(List.of(pad, end));
    front.filter(token -> !special.contains(token)).ifPresent(special::add);
    return new BpeRules(special, front, true, Optional.empty(), false);
  }
}
