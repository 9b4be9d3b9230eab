package io.buckbench.trial;

import io.buckbench.data.Answers;
import io.buckbench.data.Example;
import io.buckbench.data.ExampleTokenizer;
import io.buckbench.data.Leaks;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.record.DataFacts;
import io.buckbench.record.Truncated;
import java.util.Arrays;
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
 * @param alone the answers without a prompt, as tokens; empty if no model is needed
 * @param leaks test items whose texts are in the training rows too
 */
public record PreparedData(
    Answers answers,
    Optional<Tokenizer> tokenizer,
    List<TokenizedExample> train,
    List<Example> test,
    List<TokenizedExample> prompts,
    List<TokenizedExample> alone,
    Leaks leaks) {
  /** What the record keeps of the data, before a model was asked. */
  DataFacts facts() {
    List<Integer> tokens =
        prompts.isEmpty()
            ? List.of()
            : Arrays.stream(prompts.get(0).choices()).map(answer -> answer.length).toList();
    return new DataFacts(answers, tokens, List.of(), leaks);
  }

  /** The numbers of prompts that were truncated. */
  Truncated truncated() {
    return new Truncated(ExampleTokenizer.truncated(train), ExampleTokenizer.truncated(prompts));
  }
}
