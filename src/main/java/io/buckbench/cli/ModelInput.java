package io.buckbench.cli;

import io.buckbench.data.Answers;
import io.buckbench.data.ExampleTokenizer;
import io.buckbench.data.Prompt;
import io.buckbench.data.Tokenizer;
import io.buckbench.model.Architecture;
import java.nio.file.Path;
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

  Path data() {
    return data;
  }

  Tokenizer openTokenizer() {
    return Architecture.read(model).openTokenizer(model);
  }

  ExampleTokenizer exampleTokenizer(Tokenizer tokenizer) {
    return new ExampleTokenizer(tokenizer, Prompt.byId(prompt), Answers.YES_NO, maxTokens);
  }
}
