package io.buckbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.buckbench.data.TokenBatch;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.model.TokenLoss;
import io.buckbench.tensor.Autograd;
import io.buckbench.tensor.GradMode;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The training loop. It trains only the given parameters, which require gradients while the trainer
 * is open.
 *
 * <p>Two trainings with the same seed, batches, threads and device give the same bits, unless
 * another training runs at the same time, since PyTorch has one random stream.
 */
@SuppressWarnings("try") // scopes and modes are used only for their close()
public final class Trainer implements AutoCloseable {
  private final CausalLM model;
  private final Seams seams;
  private final List<Parameter> trainable;
  private final TrainingOptions options;
  private final AdamW optimizer;
  private final LossScaler scaler;
  private int skipped;

  /**
   * @param model the base model
   * @param seams where the adapter enters the model
   * @param trainable the parameters to train: those of an adapter or of the model
   */
  public Trainer(CausalLM model, Seams seams, List<Parameter> trainable, TrainingOptions options) {
    this(model, seams, trainable, options, LossScaler.of(model.precision()));
  }

  /** As above, with a given loss scaler. */
  Trainer(
      CausalLM model,
      Seams seams,
      List<Parameter> trainable,
      TrainingOptions options,
      LossScaler scaler) {
    requireFloat32(trainable);
    this.scaler = scaler;
    this.model = model;
    this.seams = seams;
    this.trainable = List.copyOf(trainable);
    this.options = options;
    this.optimizer = new AdamW(trainable, options.adamW(), !model.architecture().dropsLayers());
    Autograd.setRequiresGradient(trainable, true);
  }

  /** In float16, updates smaller than the spacing of numbers would be lost silently. */
  private static void requireFloat32(List<Parameter> trainable) {
    for (Parameter parameter : trainable) {
      if (parameter.array().getDataType() != DataType.FLOAT32) {
        throw new IllegalArgumentException(
            parameter.name()
                + " is "
                + parameter.array().getDataType()
                + ": load the model as not frozen to train its own weights");
      }
    }
  }

  /**
   * Trains until the gate refuses a step.
   *
   * @param batches the batches of each step
   * @param gate called before and after each step
   * @param listener called after each step, after the gate
   * @throws DivergedException at the first loss or gradient that is not finite
   */
  public void train(StepBatches batches, StepGate gate, Consumer<StepMetric> listener) {
    while (gate.mayStep(steps() + 1)) {
      StepMetric metric = step(batches.of(steps() + 1));
      gate.stepped(metric);
      listener.accept(metric);
    }
  }

  /**
   * Takes one optimiser step on the mean loss of all labels of the micro-batches together; the
   * update is that of one larger batch. A micro-batch without labels adds nothing. In mixed
   * precision a step with gradients that do not fit float16 is skipped: it changes no weight, but
   * counts as a step for the schedule.
   *
   * @throws io.buckbench.input.InvalidInputException if no micro-batch has a label
   */
  public StepMetric step(List<TokenBatch> microBatches) {
    long start = System.nanoTime();
    int step = steps() + 1;
    // Each step has its own seed, so that a resumed training draws the same numbers.
    Torch.seed(mix(options.seed(), step));
    int labels =
        microBatches.stream().mapToInt(batch -> CausalLM.labelledTokens(batch, seams)).sum();
    List<TokenBatch> labelled =
        microBatches.stream()
            .filter(batch -> labels == 0 || CausalLM.labelledTokens(batch, seams) > 0)
            .toList();
    float[] lossAndNorm = gradients(labelled, scaler.scale() / labels);
    double loss = (double) lossAndNorm[0] / labels;
    requireFinite(step, "loss", loss);
    double norm = lossAndNorm[1] / scaler.scale();
    boolean overflow = !Double.isFinite(norm) && scaler.skipsOverflow();
    double rate = 0;
    if (overflow) {
      norm = Double.POSITIVE_INFINITY;
      skipped++;
      optimizer.zeroGradients();
    } else {
      requireFinite(step, "gradient norm", norm);
      rate = options.learningRate() * options.schedule().factor(step);
      optimizer.step(rate, norm, options.clipNorm(), scaler.scale());
    }
    scaler.stepped(overflow);
    Torch.awaitDevice(trainable.get(trainable.size() - 1).array());
    double seconds = (System.nanoTime() - start) / 1e9;
    return new StepMetric(step, loss, rate, norm, realTokens(microBatches), seconds);
  }

  /**
   * Computes the gradients of all micro-batches. The device is read once, at the end, so that it
   * never waits for Java.
   *
   * @return the sum of the losses, and the norm of the gradients
   */
  private float[] gradients(List<TokenBatch> microBatches, float scale) {
    try (NDManager owner = Torch.newManager();
        Scope handles = new Scope()) {
      NDArray seed = Tensors.scalar(owner, scale);
      NDArray sum = Tensors.scalar(owner, 0);
      for (TokenBatch batch : microBatches) {
        backward(batch, seed, sum);
      }
      return Tensors.floats(Ops.stack(sum, optimizer.gradientNorm(owner)));
    }
  }

  /** Adds the gradients of a micro-batch, and its loss to a sum. */
  private void backward(TokenBatch batch, NDArray seed, NDArray sum) {
    try (NDManager micro = Torch.newManager();
        GradMode off = GradMode.off()) {
      TokenLoss loss = model.loss(micro, batch, seams, true);
      Ops.addInPlace(sum, loss.sum());
      optimizer.backward(loss.sum(), seed);
    }
  }

  private void requireFinite(int step, String what, double value) {
    if (!Double.isFinite(value)) {
      optimizer.zeroGradients();
      throw new DivergedException(step, what, value);
    }
  }

  /** The number of steps so far, including skipped ones. */
  public int steps() {
    return optimizer.steps() + skipped;
  }

  /** The number of bytes of memory that {@link #snapshot} takes. */
  public long snapshotBytes() {
    return 3 * 4 * trainable.stream().mapToLong(p -> p.array().size()).sum();
  }

  /** Copies all state that is needed to resume from here. */
  public TrainingSnapshot snapshot() {
    return optimizer.snapshot(skipped, scaler.state());
  }

  /** Resumes from a snapshot. The next step has the same bits as without the interruption. */
  public void restore(TrainingSnapshot snapshot) {
    optimizer.restore(snapshot);
    skipped = snapshot.skippedSteps();
    scaler.restore(snapshot.lossScaling());
  }

  private static long realTokens(List<TokenBatch> batches) {
    return batches.stream()
        .flatMap(batch -> Arrays.stream(batch.attentionMask()))
        .flatMapToLong(Arrays::stream)
        .sum();
  }

  /** SplitMix64's finaliser, so that neighbouring steps and seeds give unrelated streams. */
  private static long mix(long seed, int step) {
    long z = seed * 0x9E3779B97F4A7C15L + step;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * Frees the optimiser's moments. The parameters keep their values and no longer require
   * gradients.
   */
  @Override
  public void close() {
    Autograd.setRequiresGradient(trainable, false);
    optimizer.close();
  }
}
