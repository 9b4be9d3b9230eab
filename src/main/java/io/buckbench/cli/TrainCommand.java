package io.buckbench.cli;

import io.buckbench.budget.CostMeter;
import io.buckbench.budget.Phase;
import io.buckbench.data.BatchOptions;
import io.buckbench.data.Batches;
import io.buckbench.data.Example;
import io.buckbench.data.Tokenizer;
import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterDirectory;
import io.buckbench.peft.MethodConfig;
import io.buckbench.promise.Inspection;
import io.buckbench.promise.Inspector;
import io.buckbench.promise.PromiseCheck;
import io.buckbench.promise.Work;
import io.buckbench.record.StoreWriteException;
import io.buckbench.train.DivergedException;
import io.buckbench.train.MeteredGate;
import io.buckbench.train.StepMetric;
import io.buckbench.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: trains one adapter on one file, for a number of steps or dollars. */
@Command(name = "train", description = "Train an adapter and write it in PEFT's layout.")
final class TrainCommand extends Subcommand {
  @Mixin private ModelInput input;
  @Mixin private TrainingLength length;

  @Option(names = "--method", required = true, description = "a file such as lora/r16_qv.json")
  private Path method;

  @Option(
      names = "--seed",
      required = true,
      description = "seed of initialization, order and dropout")
  private long seed;

  @Option(names = "--out", required = true, description = "directory to write the adapter to")
  private Path out;

  @Option(
      names = "--batch-size",
      defaultValue = "16",
      description = "examples per step; default: ${DEFAULT-VALUE}")
  private int batchSize;

  @Override
  public Integer call() {
    input.check(batchSize);
    requireFree(out);
    Folders.requireWritable("--out", out);
    MethodConfig config = MethodConfig.read(method);
    List<Example> examples = input.rows();
    CostMeter meter = length.meter();
    Inspector inspector = new Inspector();
    List<StepMetric> steps = new ArrayList<>();
    String divergence = "";
    Inspection seen;
    try (Tokenizer tokenizer = input.openTokenizer();
        CausalLM model = CausalLM.load(input.model());
        Adapter adapter = config.attach(model, seed, tokenizer::encode);
        TrainingProgressBar progress =
            new TrainingProgressBar("train", length.expectedSteps(), length.budget())) {
      inspector.loaded(model.parameters());
      Batches batches =
          new Batches(
              input.encode(
                  tokenizer,
                  examples,
                  model.architecture().shape().positions(),
                  config.virtualTokens()),
              BatchOptions.of(batchSize, seed),
              tokenizer.padId());
      try (Trainer trainer =
          new Trainer(model, adapter.seams(), adapter.parameters(), length.options(seed))) {
        meter.begin(Phase.TRAIN);
        trainer.train(
            step -> List.of(batches.at(step - 1L)),
            new MeteredGate(meter),
            metric -> {
              steps.add(metric);
              progress.show(metric, meter.spentUsd());
            });
      } catch (DivergedException e) {
        // The weights are those before the step that diverged.
        divergence = e.getMessage();
      }
      seen = inspector.inspect(model.parameters(), adapter.parameters(), 0);
      if (seen.nonFiniteParameters() == 0) {
        String name = input.model().toString();
        StoreWriteException.keeping(
            out, folder -> AdapterDirectory.save(folder, adapter, model.architecture(), name));
      }
    }
    out()
        .printf(
            Locale.ROOT,
            "%d steps, $%s; %s%n",
            meter.steps(),
            meter.spentUsd().toPlainString(),
            seen.nonFiniteParameters() == 0
                ? "wrote " + out
                : "wrote nothing, since not all parameters are finite");
    reportBroken(
        "train --out " + out,
        PromiseCheck.broken(
            Work.training(divergence, steps, Optional.of(meter.ledger()), inspector.closed(seen))));
    return exitStatus();
  }

  private static void requireFree(Path out) {
    if (Files.exists(out.resolve("adapter_config.json"))) {
      throw new InvalidInputException(
          out.toString(),
          "an adapter already",
          "a directory without adapter_config.json",
          "name another --out, or move the existing adapter");
    }
  }
}
