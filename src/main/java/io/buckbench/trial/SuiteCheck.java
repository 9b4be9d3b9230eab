package io.buckbench.trial;

import io.buckbench.files.Digests;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.ModelEntry;
import io.buckbench.suite.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks the files of a suite before any trial is run. */
final class SuiteCheck {
  private final DataPreparation preparation;
  private final Problems problems;
  private final boolean forPlan;

  /**
   * @param forPlan whether models and data may be missing, and the digests of weights are not taken
   */
  SuiteCheck(DataPreparation preparation, Problems problems, boolean forPlan) {
    this.preparation = preparation;
    this.problems = problems;
    this.forPlan = forPlan;
  }

  void check(Suite suite) {
    suite.configurations().forEach(this::check);
  }

  private void check(Configuration configuration) {
    if (forPlan) {
      configuration
          .model()
          .filter(model -> Files.isRegularFile(model.directory().resolve("config.json")))
          .ifPresent(model -> checkShape(configuration, model));
      if (!preparation.canPrepare(configuration)) {
        return;
      }
    } else if (!configuration.model().map(this::isPresent).orElse(true)) {
      return;
    } else {
      configuration.model().ifPresent(model -> checkShape(configuration, model));
    }
    try {
      // Only examples that are drawn from the seed make the seeds differ.
      List<Long> seeds = configuration.seeds();
      for (long seed : configuration.shots() > 0 ? seeds : seeds.subList(0, 1)) {
        preparation.prepare(configuration, seed);
      }
    } catch (InvalidInputException e) {
      problems.addAll(e);
    }
  }

  private boolean isPresent(ModelEntry model) {
    String where = "models.csv model " + model.id();
    if (!Files.isDirectory(model.directory())) {
      problems.add(
          where,
          "no directory " + model.directory(),
          "the model's files",
          model.hub().isEmpty() ? "restore it" : "fetch " + model.id());
      return false;
    }
    Optional<Path> weights =
        Stream.of("model.safetensors", "pytorch_model.bin")
            .map(model.directory()::resolve)
            .filter(Files::isRegularFile)
            .findFirst();
    if (!model.sha256().isEmpty() && weights.isPresent()) {
      String found = Digests.ofFile(weights.get());
      if (!found.equals(model.sha256())) {
        problems.add(
            where + " column sha256",
            weights.get() + " with " + found,
            model.sha256(),
            "fetch the model again, or correct the row");
      }
    }
    return true;
  }

  private void checkShape(Configuration configuration, ModelEntry model) {
    try {
      Architecture architecture = Architecture.read(model.directory());
      configuration.method().config().ifPresent(config -> config.check(architecture));
      int virtual = configuration.method().config().map(c -> c.virtualTokens()).orElse(0);
      int needed = virtual + configuration.maxTokens() + configuration.maxNewTokens();
      int positions = architecture.shape().positions();
      if (needed > positions) {
        problems.add(
            configuration.where() + " column max_tokens",
            "%d tokens, %d virtual tokens and %d new ones: %d positions"
                .formatted(
                    configuration.maxTokens(), virtual, configuration.maxNewTokens(), needed),
            "at most " + positions + ", the positions of " + model.id(),
            "lower max_tokens");
      }
    } catch (InvalidInputException e) {
      for (Problem p : e.problems()) {
        problems.add(configuration.where() + ", " + p.where(), p.found(), p.expected(), p.todo());
      }
    }
  }
}
