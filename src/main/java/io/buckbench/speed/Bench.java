package io.buckbench.speed;

import io.buckbench.data.TokenBatch;
import io.buckbench.input.CsvRow;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
import io.buckbench.tensor.Cuda;
import io.buckbench.tensor.Launches;
import io.buckbench.tensor.PeakMemory;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Threads;
import io.buckbench.tensor.Torch;
import io.buckbench.train.Trainer;
import io.buckbench.train.TrainingOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Measures training steps and answers of one model. */
public final class Bench {
  private static final List<String> WEIGHTS = List.of("model.safetensors", "pytorch_model.bin");

  /** No token, so that every answer has its full length. */
  private static final long NEVER = -1;

  private final Path directory;
  private final Architecture model;
  private final Workload workload;

  /**
   * @param directory has a config.json; random weights are used if it has no weights
   */
  public Bench(Path directory, Workload workload) {
    this.directory = directory;
    this.model = Architecture.read(directory);
    this.workload = workload;
  }

  /**
   * Measures a method: steps, then answers.
   *
   * @param name the name of its file, for the result
   * @throws InvalidInputException if the model has too few positions
   */
  public Measured measure(String name, MethodConfig method, Precision precision) {
    boolean full = method.method() == PeftMethod.FULL;
    requirePositions(method.virtualTokens());
    double rate = Products.rate(model, workload, precision);
    int vocabulary = model.shape().vocabulary();
    List<TokenBatch> step = workload.step(vocabulary);
    List<Double> seconds = new ArrayList<>();
    List<Double> answerSeconds = new ArrayList<>();
    Launches launches;
    OptionalLong peak;
    try (CausalLM base = load(precision, !full);
        Adapter adapter = method.attach(base, 1)) {
      System.gc();
      PeakMemory.ofThisProcess().reset();
      try (Trainer trainer =
          new Trainer(
              base, adapter.seams(), adapter.parameters(), TrainingOptions.constant(1e-5, 1))) {
        for (int i = 0; i < workload.warmup() + workload.repeats(); i++) {
          double taken = trainer.step(step).seconds();
          if (i >= workload.warmup()) {
            seconds.add(taken);
          }
        }
        launches = Launches.of(() -> trainer.step(step), updated(adapter));
      }
      List<TokenBatch> questions = workload.questions(vocabulary);
      for (int i = 0; i < 1 + workload.repeats() && !questions.isEmpty(); i++) {
        long start = System.nanoTime();
        for (TokenBatch batch : i == 0 ? questions.subList(0, 1) : questions) {
          base.generate(
              batch.inputIds(),
              batch.attentionMask(),
              Workload.NEW_TOKENS,
              NEVER,
              adapter.seams(),
              vocabulary - 1L,
              vocabulary - 2L);
        }
        if (i > 0) {
          answerSeconds.add((System.nanoTime() - start) / 1e9);
        }
      }
      peak =
          Torch.computeCapability().isPresent()
              ? Cuda.usedBytes()
              : PeakMemory.ofThisProcess().bytes();
    }
    Torch.emptyCache();
    Spread spread = Spread.of(seconds);
    double operations = Products.ofStep(model, workload, method);
    return new Measured(
        "BuckBench",
        directory.toAbsolutePath().normalize().getFileName().toString(),
        name,
        CsvRow.name(precision),
        Torch.deviceName(),
        Threads.current(),
        workload.rows(),
        step.size(),
        workload.tokens(),
        spread,
        spread.rate((double) workload.rows() * workload.tokens()),
        operations / rate / spread.median(),
        launches.total(),
        answerSeconds.isEmpty() ? null : Spread.of(answerSeconds).rate(workload.prompts()),
        peak.isPresent() ? peak.getAsLong() : null);
  }

  private CausalLM load(Precision precision, boolean frozen) {
    boolean stored = WEIGHTS.stream().map(directory::resolve).anyMatch(Files::isRegularFile);
    return stored
        ? CausalLM.load(directory, precision, frozen)
        : CausalLM.random(model, 1, precision, frozen);
  }

  private static long[] updated(Adapter adapter) {
    return adapter.parameters().stream().mapToLong(p -> p.array().size()).toArray();
  }

  private void requirePositions(int added) {
    int needed = workload.tokens() + added + Workload.NEW_TOKENS;
    if (needed > model.shape().positions()) {
      throw new InvalidInputException(
          "--tokens",
          workload.tokens() + "",
          "at most "
              + (model.shape().positions() - added - Workload.NEW_TOKENS)
              + ", to fit the model's positions",
          "lower it");
    }
  }
}
