package io.buckbench.trial;

import io.buckbench.data.ExampleTokenizer;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.data.YesNoExample;
import io.buckbench.record.Truncated;
import java.util.List;
import java.util.Optional;

/**
 * A configuration's data, ready to be learned from and asked about.
 *
 * @param tokenizer the model's own; empty where no model is needed
 * @param train the training rows as tokens; empty where nothing is trained
 * @param test the rows to be answered, of the split that is asked
 * @param prompts the same rows as tokens; empty where no model is needed
 */
public record PreparedData(
    Optional<Tokenizer> tokenizer,
    List<TokenizedExample> train,
    List<YesNoExample> test,
    List<TokenizedExample> prompts) {
  /** How many of its prompts lost words. */
  Truncated truncated() {
    return new Truncated(ExampleTokenizer.truncated(train), ExampleTokenizer.truncated(prompts));
  }
}
