package io.buckbench.trial;

import io.buckbench.data.Answers;
import io.buckbench.data.Example;
import io.buckbench.data.ExampleTokenizer;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.record.Truncated;
import java.util.List;
import java.util.Optional;

/**
 * A configuration's data, ready for training and evaluation.
 *
 * @param answers the answers of the data set
 * @param tokenizer the model's tokenizer; empty if no model is needed
 * @param train the training rows as tokens; empty if nothing is trained
 * @param test the test items, from the configuration's split
 * @param prompts the test items as tokens; empty if no model is needed
 */
public record PreparedData(
    Answers answers,
    Optional<Tokenizer> tokenizer,
    List<TokenizedExample> train,
    List<Example> test,
    List<TokenizedExample> prompts) {
  /** The numbers of prompts that were truncated. */
  Truncated truncated() {
    return new Truncated(ExampleTokenizer.truncated(train), ExampleTokenizer.truncated(prompts));
  }
}
