package io.buckbench.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Encodes a suite's prompts without any model's weights, to tell beforehand how many are cut. */
public final class PromptPreview implements AutoCloseable {
  private final DataSets dataSets;
  private final DataPreparation preparation;

  /**
   * @param benchmarks says where data and models lie
   */
  public PromptPreview(Benchmarks benchmarks) {
    this.dataSets = benchmarks.dataSets();
    this.preparation = new DataPreparation(dataSets);
  }

  /**
   * How many prompts of a row are cut; empty where the data or the model's tokenizer is not there.
   *
   * @throws io.buckbench.table.InvalidInputException for files that are there and cannot be used
   */
  public Optional<Truncated> truncated(Experiment experiment) {
    boolean data = dataSets.files(experiment.data()).stream().allMatch(Files::isRegularFile);
    boolean tokenizer = experiment.model().map(m -> hasTokenizer(m.directory())).orElse(true);
    return data && tokenizer
        ? Optional.of(Truncated.of(preparation.prepare(experiment)))
        : Optional.empty();
  }

  private static boolean hasTokenizer(Path directory) {
    return Files.isRegularFile(directory.resolve("tokenizer.json"))
        || Stream.of("vocab.json", "merges.txt")
            .map(directory::resolve)
            .allMatch(Files::isRegularFile);
  }

  /** Frees the tokenizers. */
  @Override
  public void close() {
    preparation.close();
  }
}
