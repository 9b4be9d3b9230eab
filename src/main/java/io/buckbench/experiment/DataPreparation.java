package io.buckbench.experiment;

import io.buckbench.data.PromptEncoder;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.data.YesNoExample;
import io.buckbench.data.YesNoSplits;
import io.buckbench.table.InvalidInputException;
import io.buckbench.table.Problem;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and tokenizes what experiments need, each thing once however many rows and seeds use it: a
 * ledger's load phase holds the preparation only for the first trial that asks for it.
 */
final class DataPreparation implements AutoCloseable {
  private record Key(Path model, String data, String level, String prompt, int max, String split) {}

  private static final String TRAIN = "train";

  private final DataSets dataSets;
  private final Map<String, YesNoSplits> splits = new HashMap<>();
  private final Map<Path, Tokenizer> tokenizers = new HashMap<>();
  private final Map<Key, List<TokenizedExample>> encoded = new HashMap<>();

  DataPreparation(DataSets dataSets) {
    this.dataSets = dataSets;
  }

  /**
   * Everything that an experiment learns from and is asked.
   *
   * @throws InvalidInputException for missing files, malformed lines, an empty split, fewer rows
   *     than declared and prompts that do not fit
   */
  PreparedData prepare(Experiment experiment) {
    YesNoSplits all = splits.computeIfAbsent(experiment.data(), dataSets::read);
    Split split = experiment.split();
    List<YesNoExample> test = chosen(experiment, split.rows(all), split.toString());
    if (experiment.testRows() > test.size()) {
      throw new InvalidInputException(
          experiment.where() + " column test_rows",
          Integer.toString(experiment.testRows()),
          "at most "
              + test.size()
              + ", the rows of the "
              + split
              + " split of "
              + experiment.data(),
          "lower the number");
    }
    List<YesNoExample> asked = test.subList(0, experiment.testRows());
    if (experiment.model().isEmpty()) {
      return new PreparedData(Optional.empty(), List.of(), asked, List.of());
    }
    Path model = experiment.model().orElseThrow().directory();
    Tokenizer tokenizer = tokenizers.computeIfAbsent(model, Tokenizer::open);
    List<TokenizedExample> prompts =
        encode(experiment, tokenizer, test, split.toString()).subList(0, experiment.testRows());
    List<TokenizedExample> train =
        experiment.method().trains()
            ? encode(experiment, tokenizer, chosen(experiment, all.train(), TRAIN), TRAIN)
            : List.of();
    return new PreparedData(Optional.of(tokenizer), train, asked, prompts);
  }

  private static List<YesNoExample> chosen(
      Experiment experiment, List<YesNoExample> rows, String split) {
    String level = experiment.level();
    if (level.isEmpty()) {
      return rows;
    }
    List<YesNoExample> chosen = rows.stream().filter(r -> r.level().equals(level)).toList();
    if (chosen.isEmpty()) {
      throw new InvalidInputException(
          experiment.where() + " column level",
          "'" + level + "', of which " + split + " has no rows",
          "one of " + rows.stream().map(YesNoExample::level).distinct().sorted().toList(),
          "correct the level, or leave it empty for all rows");
    }
    return chosen;
  }

  private List<TokenizedExample> encode(
      Experiment experiment, Tokenizer tokenizer, List<YesNoExample> rows, String split) {
    Key key =
        new Key(
            experiment.model().orElseThrow().directory(),
            experiment.data(),
            experiment.level(),
            experiment.prompt().orElseThrow().id(),
            experiment.maxTokens(),
            split);
    List<TokenizedExample> known = encoded.get(key);
    if (known != null) {
      return known;
    }
    try {
      List<TokenizedExample> fresh =
          new PromptEncoder(tokenizer, experiment.prompt().orElseThrow(), experiment.maxTokens())
              .encode(rows);
      encoded.put(key, fresh);
      return fresh;
    } catch (InvalidInputException e) {
      // The encoder knows the example; a reader also needs the row that asks for so few tokens.
      String column = experiment.where() + " column max_tokens, ";
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
