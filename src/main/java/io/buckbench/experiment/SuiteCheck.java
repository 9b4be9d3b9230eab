package io.buckbench.experiment;

import io.buckbench.model.OptConfig;
import io.buckbench.table.Digests;
import io.buckbench.table.InvalidInputException;
import io.buckbench.table.Problem;
import io.buckbench.table.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What must hold of the files a suite names, found before anything of it is run. */
final class SuiteCheck {
  private final DataPreparation preparation;
  private final Problems problems;

  SuiteCheck(DataPreparation preparation, Problems problems) {
    this.preparation = preparation;
    this.problems = problems;
  }

  void check(Suite suite) {
    suite.experiments().forEach(this::check);
  }

  private void check(Experiment experiment) {
    boolean present = experiment.model().map(this::isPresent).orElse(true);
    if (!present) {
      return;
    }
    try {
      preparation.prepare(experiment);
    } catch (InvalidInputException e) {
      problems.addAll(e);
    }
    experiment.model().ifPresent(model -> checkShape(experiment, model));
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

  private void checkShape(Experiment experiment, ModelEntry model) {
    try {
      OptConfig shape = OptConfig.read(model.directory().resolve("config.json"));
      experiment.method().config().ifPresent(config -> config.check(shape));
      int virtual = experiment.method().config().map(c -> c.virtualTokens()).orElse(0);
      int needed = virtual + experiment.maxTokens() + experiment.maxNewTokens();
      if (needed > shape.maxPositions()) {
        problems.add(
            experiment.where() + " column max_tokens",
            "%d tokens, %d virtual tokens and %d new ones: %d positions"
                .formatted(experiment.maxTokens(), virtual, experiment.maxNewTokens(), needed),
            "at most " + shape.maxPositions() + ", the positions of " + model.id(),
            "lower max_tokens");
      }
    } catch (InvalidInputException e) {
      for (Problem p : e.problems()) {
        problems.add(experiment.where() + ", " + p.where(), p.found(), p.expected(), p.todo());
      }
    }
  }
}
