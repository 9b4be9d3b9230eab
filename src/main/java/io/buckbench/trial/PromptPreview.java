package io.buckbench.trial;

import io.buckbench.data.Leaks;
import io.buckbench.input.Problems;
import io.buckbench.record.Truncated;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Suite;
import java.util.Map;
import java.util.Optional;

/** Looks at the prompts of a suite before it is run, without loading any weights. */
public final class PromptPreview implements AutoCloseable {
  private final DataPreparation preparation;

  /**
   * @param benchmarks locates data and models
   */
  public PromptPreview(Benchmarks benchmarks) {
    this.preparation = new DataPreparation(benchmarks.dataSets());
  }

  /**
   * Checks the files of a suite as a run does, as far as they are there.
   *
   * @throws io.buckbench.input.InvalidInputException with every problem
   */
  public void check(Suite suite) {
    Problems problems = new Problems();
    new SuiteCheck(preparation, problems, true).check(suite);
    problems.throwIfAny();
  }

  /**
   * The number of a configuration's prompts that are truncated; empty if its data or tokenizer is
   * missing.
   *
   * @throws io.buckbench.input.InvalidInputException for files that exist and cannot be used
   */
  public Optional<Truncated> truncated(Configuration configuration) {
    return preparation.canPrepare(configuration)
        ? Optional.of(preparation.prepare(configuration).truncated())
        : Optional.empty();
  }

  /**
   * The rows that parts of a configuration's data set share, by the names of both parts; nothing if
   * its data are missing.
   */
  public Map<String, Leaks> leaks(Configuration configuration) {
    return preparation.hasData(configuration) ? preparation.leaks(configuration) : Map.of();
  }

  /** Frees the tokenizers. */
  @Override
  public void close() {
    preparation.close();
  }
}
