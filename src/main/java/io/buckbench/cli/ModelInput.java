package io.buckbench.cli;

import io.buckbench.data.ExampleTokenizer;
import io.buckbench.data.Prompt;
import io.buckbench.data.Tokenizer;
import io.buckbench.model.Architecture;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A base model, a file of questions, and how a question becomes a prompt. */
final class ModelInput {
  @Option(names = "--model", required = true, description = "a Hugging Face directory")
  private Path model;

  @Option(names = "--data", required = true, description = "JSON lines as BoolQ's")
  private Path data;

  @Option(
      names = "--prompt",
      defaultValue = "harness",
      description = "the prompt's id; default: ${DEFAULT-VALUE}")
  private String prompt;

  @Option(
      names = "--max-tokens",
      defaultValue = "512",
      description = "prompt and answer together; default: ${DEFAULT-VALUE}")
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
    return new ExampleTokenizer(tokenizer, Prompt.byId(prompt), maxTokens);
  }
}
