package io.buckbench.trial;

import io.buckbench.data.Tokenizer;
import io.buckbench.record.Truncated;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.DataSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Counts the prompts of a suite that will be truncated, without loading any weights. */
public final class PromptPreview implements AutoCloseable {
  private final DataSets dataSets;
  private final DataPreparation preparation;

  /**
   * @param benchmarks locates data and models
   */
  public PromptPreview(Benchmarks benchmarks) {
    this.dataSets = benchmarks.dataSets();
    this.preparation = new DataPreparation(dataSets);
  }

  /**
   * The number of a configuration's prompts that are truncated; empty if its data or tokenizer is
   * missing.
   *
   * @throws io.buckbench.input.InvalidInputException for files that exist and cannot be used
   */
  public Optional<Truncated> truncated(Configuration configuration) {
    boolean data = dataSets.files(configuration.data()).stream().allMatch(Files::isRegularFile);
    boolean tokenizer = configuration.model().map(m -> hasTokenizer(m.directory())).orElse(true);
    return data && tokenizer
        ? Optional.of(preparation.prepare(configuration).truncated())
        : Optional.empty();
  }

  private static boolean hasTokenizer(Path directory) {
    return Files.isRegularFile(directory.resolve("config.json")) && Tokenizer.isIn(directory);
  }

  /** Frees the tokenizers. */
  @Override
  public void close() {
    preparation.close();
  }
}
