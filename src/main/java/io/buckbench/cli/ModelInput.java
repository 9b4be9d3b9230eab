package io.buckbench.cli;

import io.buckbench.data.Answers;
import io.buckbench.data.ChatSettings;
import io.buckbench.data.ChatTemplate;
import io.buckbench.data.DataSet;
import io.buckbench.data.Example;
import io.buckbench.data.ExampleTokenizer;
import io.buckbench.data.Prompt;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.input.Suggestion;
import io.buckbench.model.Architecture;
import io.buckbench.suite.DataSets;
import io.buckbench.suite.Prompts;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options for a base model, a file of questions, and the prompt. */
final class ModelInput {
  private static final Path BENCHMARKS = Path.of("benchmarks");
  private static final String STANDARD_PROMPT = "harness";

  @Option(
      names = "--model",
      required = true,
      description = "a model directory in Hugging Face's layout")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      description =
          "JSON lines or CSV with question, passage and answer (yes or no), or with the columns of"
              + " --data-set")
  private Path data;

  @Option(
      names = "--data-set",
      description =
          "the row of benchmarks/datasets.csv that says what the file's columns and answers are")
  private String dataSet;

  @Option(
      names = "--prompt",
      description =
          "a file of benchmarks/prompts without .txt; default: that of --data-set, or harness")
  private String prompt;

  @Option(
      names = "--chat",
      description =
          "the model's chat template: template, or template with variables, such as 'template;"
              + " enable_thinking=false'; default: the prompt without it")
  private String chat = "";

  @Option(
      names = "--max-tokens",
      defaultValue = "512",
      description = "maximum length of prompt and answer; default: ${DEFAULT-VALUE}")
  private int maxTokens;

  private DataSet declared;
  private Prompt read;

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
   * @param further positions besides those of prompt and answer: virtual tokens and new ones
   * @throws InvalidInputException naming the first example that has more tokens than the model has
   *     positions
   */
  List<TokenizedExample> encode(
      Tokenizer tokenizer, List<Example> examples, int positions, int further) {
    List<TokenizedExample> encoded = exampleTokenizer(tokenizer).encode(examples);
    requireFit(encoded, positions, further);
    return encoded;
  }

  /**
   * Tokenizes items that are asked.
   *
   * @param further positions besides those of prompt and answer: those of generated answers
   * @throws InvalidInputException as {@link #encode}
   */
  List<TokenizedExample> ask(Tokenizer tokenizer, List<Example> items, int positions, int further) {
    List<TokenizedExample> asked = exampleTokenizer(tokenizer).ask(items);
    requireFit(asked, positions, further);
    return asked;
  }

  /** The answers without a question. */
  List<TokenizedExample> alone(Tokenizer tokenizer) {
    return exampleTokenizer(tokenizer).alone();
  }

  private void requireFit(List<TokenizedExample> encoded, int positions, int further) {
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
  }

  Path data() {
    return data;
  }

  Tokenizer openTokenizer() {
    return Architecture.read(model).openTokenizer(model);
  }

  /** The rows of the file. */
  List<Example> rows() {
    return declared().rows(data);
  }

  /** The answers that the rows can have. */
  Answers answers() {
    return new Answers(declared().words(), 0);
  }

  /** The prompt that shows the rows. */
  Prompt prompt() {
    declared();
    return read;
  }

  private DataSet declared() {
    if (declared == null) {
      Prompts prompts = new Prompts(BENCHMARKS.resolve("prompts"));
      if (dataSet == null) {
        read = prompts.read(prompt == null ? STANDARD_PROMPT : prompt);
        declared = DataSet.yesNo(data, read.fields());
      } else {
        Problems problems = new Problems();
        DataSets all =
            DataSets.read(BENCHMARKS.resolve("datasets.csv"), Path.of(""), prompts, problems);
        problems.throwIfAny();
        requireKnown(all);
        declared = all.declared(dataSet);
        read = prompt == null ? all.prompt(dataSet) : prompts.read(prompt);
      }
    }
    return declared;
  }

  private void requireKnown(DataSets all) {
    if (!all.ids().contains(dataSet)) {
      throw new InvalidInputException(
          "--data-set",
          "'" + dataSet + "'",
          "the id of a row of datasets.csv",
          Suggestion.todo(dataSet, all.ids()));
    }
  }

  private ExampleTokenizer exampleTokenizer(Tokenizer tokenizer) {
    return new ExampleTokenizer(
        tokenizer,
        prompt(),
        answers(),
        maxTokens,
        List.of(),
        ChatSettings.parse("--chat", chat)
            .map(settings -> ChatTemplate.read(model, tokenizer.specialTokens(), settings)));
  }
}
