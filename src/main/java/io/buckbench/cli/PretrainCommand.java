package io.buckbench.cli;

import io.buckbench.pretrain.PretrainOptions;
import io.buckbench.pretrain.Pretraining;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pretrain}: makes {@code opt-nano} from nothing. */
@Command(
    name = "pretrain",
    mixinStandardHelpOptions = true,
    description =
        "Pre-train opt-nano on text of the control language; the same seed gives the same weights.")
final class PretrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--out", required = true, description = "a directory without a model")
  private Path out;

  @Option(names = "--steps", description = "optimiser steps; default: the shipped model's")
  private Integer steps;

  @Option(
      names = "--seed",
      description = "of corpus and starting weights; default: the shipped model's")
  private Long seed;

  @Override
  public Integer call() {
    PretrainOptions recipe = PretrainOptions.optNano();
    recipe =
        recipe.with(steps == null ? recipe.steps() : steps, seed == null ? recipe.seed() : seed);
    PrintWriter lines = spec.commandLine().getOut();
    try (TrainingProgressBar progress = new TrainingProgressBar("pretrain", recipe.steps())) {
      new Pretraining(recipe)
          .run(
              out,
              progress,
              line -> {
                lines.println(line);
                lines.flush();
              });
    }
    lines.println("wrote " + out);
    return BuckBench.OK;
  }
}
