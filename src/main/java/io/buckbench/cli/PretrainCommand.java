package io.buckbench.cli;

import io.buckbench.files.Folders;
import io.buckbench.pretrain.PretrainOptions;
import io.buckbench.pretrain.Pretraining;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pretrain}: trains {@code opt-nano} from random weights. */
@Command(
    name = "pretrain",
    description =
        "Pre-train opt-nano on text of the control language; the same seed gives the same weights.")
final class PretrainCommand extends Subcommand {
  @Option(names = "--out", required = true, description = "a directory without a model")
  private Path out;

  @Option(names = "--steps", description = "optimizer steps; default: those of the shipped model")
  private Integer steps;

  @Option(
      names = "--seed",
      description = "seed of corpus and initial weights; default: that of the shipped model")
  private Long seed;

  @Override
  public Integer call() {
    Folders.requireWritable("--out", out);
    PretrainOptions recipe = PretrainOptions.optNano();
    recipe =
        recipe.with(steps == null ? recipe.steps() : steps, seed == null ? recipe.seed() : seed);
    try (TrainingProgressBar progress = new TrainingProgressBar("pretrain", recipe.steps())) {
      new Pretraining(recipe).run(out, progress, out()::println);
    }
    out().println("wrote " + out);
    return BuckBench.OK;
  }
}
