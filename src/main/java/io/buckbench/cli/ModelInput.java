package io.buckbench.cli;

import io.buckbench.data.Answers;
import io.buckbench.data.Example;
import io.buckbench.data.ExampleTokenizer;
import io.buckbench.data.Prompt;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options for a base model, a file of questions, and the prompt. */
final class ModelInput {
  @Option(
      names = "--model",
      required = true,
      description = "a model directory in Hugging Face's layout")
  private Path model;

  @Option(names = "--data", required = true, description = "JSON lines in BoolQ's format")
  private Path data;

  @Option(
      names = "--prompt",
      defaultValue = "harness",
      description = "id of the prompt; default: ${DEFAULT-VALUE}")
  private String prompt;

  @Option(
      names = "--max-tokens",
      defaultValue = "512",
      description = "maximum length of prompt and answer; default: ${DEFAULT-VALUE}")
  private int maxTokens;

  Path model() {
    return model;
  }

  /**
   * Checks the numbers before anything is loaded.
   *
   * @param batchSize the value of {@code --batch-size}
   * @throws InvalidInputException with every number that is too small
   */
  void check(int batchSize) {
    Problems problems = new Problems();
    problems.requireAtLeast(1, "--max-tokens", maxTokens);
    problems.requireAtLeast(1, "--batch-size", batchSize);
    problems.throwIfAny();
  }

  /**
   * Tokenizes examples that must fit the model.
   *
   * @param further positions beside those of prompt and answer: virtual tokens and new ones
   * @throws InvalidInputException naming the first example that has more tokens than the model has
   *     positions
   */
  List<TokenizedExample> encode(
      Tokenizer tokenizer, List<Example> examples, int positions, int further) {
    List<TokenizedExample> encoded = exampleTokenizer(tokenizer).encode(examples);
    for (TokenizedExample example : encoded) {
      int needed = example.length() + further;
      if (needed > positions) {
        throw new InvalidInputException(
            data + ", " + example.id(),
            needed
                + " positions: "
                + (needed - further)
                + " tokens of prompt and answer and "
                + further
                + " virtual or new ones",
            "at most " + positions + ", the positions of " + model,
            "lower --max-tokens to " + (positions - further) + ", or remove the example");
      }
    }
    return encoded;
  }

  Path data() {
    return data;
  }

  Tokenizer openTokenizer() {
    return Architecture.read(model).openTokenizer(model);
  }

  private ExampleTokenizer exampleTokenizer(Tokenizer tokenizer) {
    return new ExampleTokenizer(tokenizer, Prompt.byId(prompt), Answers.YES_NO, maxTokens);
  }
}
