package io.buckbench.trial;

import io.buckbench.data.Answers;
import io.buckbench.data.ChatSettings;
import io.buckbench.data.ChatTemplate;
import io.buckbench.data.DataSplits;
import io.buckbench.data.Example;
import io.buckbench.data.ExampleTokenizer;
import io.buckbench.data.Leaks;
import io.buckbench.data.Split;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import io.buckbench.model.Architecture;
import io.buckbench.record.Declaration;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.DataSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Reads and tokenizes the data of configurations. Results are shared by all configurations and
 * seeds, so only the load phase of the first trial that needs them contains the time.
 */
public final class DataPreparation implements AutoCloseable {
  private record Key(
      Path model,
      String data,
      String level,
      String prompt,
      Optional<ChatSettings> chat,
      int max,
      String split,
      List<Example> shots) {}

  private record LeakKey(String data, String level, Split split, int testItems) {}

  private record HeldOutKey(Path model, String data, int maxTokens) {}

  private static final String TRAIN = "train";
  private static final int HELD_OUT_TOKENS = 256;

  private final DataSets dataSets;
  private final Map<String, DataSplits> splits = new HashMap<>();
  private final Map<Path, Tokenizer> tokenizers = new HashMap<>();
  private final Map<Key, List<TokenizedExample>> encoded = new HashMap<>();
  private final Map<LeakKey, Leaks> counted = new HashMap<>();
  private final Map<HeldOutKey, List<long[]>> heldOut = new HashMap<>();

  public DataPreparation(DataSets dataSets) {
    this.dataSets = dataSets;
  }

  /** Whether a configuration's data and tokenizer are there. */
  boolean canPrepare(Configuration configuration) {
    return hasData(configuration)
        && configuration.model().map(m -> hasTokenizer(m.directory())).orElse(true);
  }

  /** Whether a configuration's data are there. */
  boolean hasData(Configuration configuration) {
    return dataSets.files(configuration.data()).stream().allMatch(Files::isRegularFile);
  }

  private static boolean hasTokenizer(Path directory) {
    return Files.isRegularFile(directory.resolve("config.json")) && Tokenizer.isIn(directory);
  }

  /**
   * The training data and test items of a configuration.
   *
   * @throws InvalidInputException for missing files, malformed lines, an empty split, fewer rows
   *     than declared, and prompts that do not fit
   */
  public PreparedData prepare(Configuration configuration) {
    return prepare(configuration, configuration.seeds().get(0));
  }

  /**
   * As above, for one seed.
   *
   * @param seed draws the training examples that the prompts begin with, if the configuration has
   *     any
   */
  PreparedData prepare(Configuration configuration, long seed) {
    DataSplits all = splits.computeIfAbsent(configuration.data(), dataSets::read);
    requireYes(configuration, all.answers());
    Split split = configuration.split();
    List<Example> test = chosen(configuration, split.rows(all), split.toString());
    if (configuration.testItems() > test.size()) {
      throw new InvalidInputException(
          configuration.where() + " column " + Declaration.TEST_ITEMS,
          Integer.toString(configuration.testItems()),
          "at most "
              + test.size()
              + ", the rows of the "
              + split
              + " split of "
              + configuration.data(),
          "lower the number");
    }
    List<Example> asked = test.subList(0, configuration.testItems());
    Leaks leaks =
        counted.computeIfAbsent(
            new LeakKey(
                configuration.data(), configuration.level(), split, configuration.testItems()),
            key ->
                Leaks.of(asked, all.train(), dataSets.declared(configuration.data()).required()));
    if (configuration.model().isEmpty()) {
      return new PreparedData(
          all.answers(), Optional.empty(), List.of(), asked, List.of(), List.of(), leaks);
    }
    Path model = configuration.model().orElseThrow().directory();
    Tokenizer tokenizer =
        tokenizers.computeIfAbsent(model, dir -> Architecture.read(dir).openTokenizer(dir));
    boolean trains = configuration.method().trains();
    List<Example> known =
        trains || configuration.shots() > 0 ? chosen(configuration, all.train(), TRAIN) : List.of();
    List<Example> shots = shots(configuration, known, seed);
    ExampleTokenizer examples =
        new ExampleTokenizer(
            tokenizer,
            configuration.prompt().orElseThrow(),
            all.answers(),
            configuration.maxTokens(),
            shots,
            configuration
                .chat()
                .map(chat -> ChatTemplate.read(model, tokenizer.specialTokens(), chat)));
    List<TokenizedExample> prompts =
        encode(configuration, split.toString(), shots, () -> examples.ask(test))
            .subList(0, configuration.testItems());
    requireNewTokens(configuration, all.answers(), prompts.get(0));
    List<TokenizedExample> train =
        trains ? encode(configuration, TRAIN, shots, () -> examples.encode(known)) : List.of();
    return new PreparedData(
        all.answers(), Optional.of(tokenizer), train, asked, prompts, examples.alone(), leaks);
  }

  /** The rows that parts of a configuration's data set share, by the names of both parts. */
  Map<String, Leaks> leaks(Configuration configuration) {
    return splits
        .computeIfAbsent(configuration.data(), dataSets::read)
        .leaks(dataSets.declared(configuration.data()).required());
  }

  /**
   * Held-out text for a configuration's model as token ids, the same for all seeds and methods of a
   * suite unless they limit the tokens differently.
   */
  List<long[]> heldOut(Configuration configuration) {
    Path model = configuration.model().orElseThrow().directory();
    int limit = Math.min(HELD_OUT_TOKENS, configuration.maxTokens());
    return heldOut.computeIfAbsent(
        new HeldOutKey(model, configuration.data(), limit),
        key -> {
          Tokenizer tokenizer = tokenizers.get(model);
          DataSplits all = splits.computeIfAbsent(configuration.data(), dataSets::read);
          return dataSets.heldOut(configuration.data(), all).stream()
              .map(tokenizer::encode)
              .map(ids -> Arrays.copyOf(ids, Math.min(ids.length, limit)))
              .filter(ids -> ids.length > 1)
              .toList();
        });
  }

  private static void requireYes(Configuration configuration, Answers answers) {
    if (configuration.method().name().equals(Declaration.ALL_YES)
        && answers.of(Answers.YES_NO.word(0)) == Answers.OTHER) {
      throw new InvalidInputException(
          configuration.where() + " column method",
          Declaration.ALL_YES
              + " on "
              + configuration.data()
              + ", whose answers are "
              + answers.words(),
          "data with the answer yes",
          "use the method " + Declaration.MAJORITY);
    }
  }

  private static List<Example> chosen(
      Configuration configuration, List<Example> rows, String split) {
    String level = configuration.level();
    if (level.isEmpty()) {
      return rows;
    }
    List<Example> chosen = rows.stream().filter(r -> r.level().equals(level)).toList();
    if (chosen.isEmpty()) {
      throw new InvalidInputException(
          configuration.where() + " column level",
          "'" + level + "', of which " + split + " has no rows",
          "one of " + rows.stream().map(Example::level).distinct().sorted().toList(),
          "correct the level, or leave it empty for all rows");
    }
    return chosen;
  }

  /** The training examples that the prompts begin with, drawn without replacement. */
  private static List<Example> shots(Configuration configuration, List<Example> known, long seed) {
    int count = configuration.shots();
    if (count > known.size()) {
      throw new InvalidInputException(
          configuration.where() + " column " + Declaration.SHOTS,
          Integer.toString(count),
          "at most " + known.size() + ", the training rows of " + configuration.data(),
          "lower the number");
    }
    List<Example> drawn = new ArrayList<>(known);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      Collections.swap(drawn, i, i + random.nextInt(drawn.size() - i));
    }
    return List.copyOf(drawn.subList(0, count));
  }

  /** An answer that cannot be generated whole would always be wrong. */
  private static void requireNewTokens(
      Configuration configuration, Answers answers, TokenizedExample prompt) {
    for (int answer = 0; answer < answers.size(); answer++) {
      int tokens = prompt.choices()[answer].length;
      if (tokens > configuration.maxNewTokens()) {
        throw new InvalidInputException(
            configuration.where() + " column max_new_tokens",
            configuration.maxNewTokens()
                + ", but the answer '"
                + answers.word(answer)
                + "' has "
                + tokens
                + " tokens",
            "at least the tokens of the longest answer",
            "raise the number");
      }
    }
  }

  private List<TokenizedExample> encode(
      Configuration configuration,
      String split,
      List<Example> shots,
      Supplier<List<TokenizedExample>> encoder) {
    Key key =
        new Key(
            configuration.model().orElseThrow().directory(),
            configuration.data(),
            configuration.level(),
            configuration.prompt().orElseThrow().id(),
            configuration.chat(),
            configuration.maxTokens(),
            split,
            shots);
    try {
      return encoded.computeIfAbsent(key, k -> encoder.get());
    } catch (InvalidInputException e) {
      // The problem names the example; this adds the configuration that limits its tokens.
      String column = configuration.where() + " column max_tokens, ";
      throw new InvalidInputException(
          e.problems().stream()
              .map(p -> new Problem(column + p.where(), p.found(), p.expected(), p.todo()))
              .toList());
    }
  }

  /** Frees the tokenizers. */
  @Override
  public void close() {
    tokenizers.values().forEach(Tokenizer::close);
  }
}
