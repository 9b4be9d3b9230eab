package io.buckbench.preflight;

import io.buckbench.data.BatchOptions;
import io.buckbench.model.Architecture;
import io.buckbench.model.Architecture.Activations;
import io.buckbench.model.Shape;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.TrainingSettings;
import io.buckbench.tensor.Precision;
import java.util.Optional;

/**
 * How much device memory a row needs, for a decision before it runs; not a promise.
 *
 * <pre>
 *   R = batch * tokens (virtual ones too), d = width, f = feed-forward's width, h = heads,
 *   L = labelled positions, V = vocabulary; floats of 4 bytes unless said otherwise
 *
 *   weights    one float each; in mixed precision a frozen matrix's are 2 bytes
 *   training   trainable parameters * (value, gradient, two moments of AdamW)
 *   kept       layers * (R k + s batch h tokens^2)            what autograd holds for backward
 *   passing    3 batch h tokens^2 + R p + 3 L V               the largest temporaries
 * </pre>
 *
 * k, s and p are the architecture's {@link Activations}; MemoryEstimateTest measures them. Mixed
 * precision keeps a float16 copy beside each product's operands: {@link #MIXED_KEPT} times as much.
 * Of trained weights mixed precision also keeps a float16 copy with its gradient; and full
 * fine-tuning passes two gradients of its largest matrix, which is embedding and head at once.
 * Answering keeps nothing but keys and values. The larger of training and answering counts.
 */
final class MemoryEstimate {
  /**
   * What a process takes of a GPU before the first tensor: CUDA's context, cuBLAS's workspace, what
   * the allocator rounds up. An allowance; we never measured it on a GPU.
   */
  static final long CUDA_CONTEXT_BYTES = Sizes.GIB;

  /** What Java and PyTorch take of main memory before the first tensor; about 0.4 GiB on Linux. */
  static final long HOST_BYTES = Sizes.GIB / 2;

  /**
   * How far the estimate may be above the need: measured on a CPU it was 0.95 to 1.55 times the
   * peak in float32, and 0.8 to 1.65 in mixed; not yet measured on a GPU.
   */
  static final double MAY_BE_HIGH = 1.65;

  private static final long FLOAT = Float.BYTES;
  private static final long HALF = 2;
  private static final double MIXED_KEPT = 1.6;
  private static final long TRAINED_COPIES = 4;

  private MemoryEstimate() {}

  /** Bytes for a row on a model of this shape; 0 for a row without a model. */
  static long bytes(Configuration row, Architecture model, Precision precision) {
    if (row.model().isEmpty()) {
      return 0;
    }
    Optional<MethodConfig> method = row.method().config();
    int virtual = method.map(MethodConfig::virtualTokens).orElse(0);
    long tokens = (long) row.maxTokens() + virtual;
    boolean frozen = method.map(m -> m.method() != PeftMethod.FULL).orElse(true);
    long weights = weights(model, precision == Precision.MIXED && frozen);
    long answering = weights + answering(model, row.testBatchSize(), tokens + row.maxNewTokens());
    if (row.training().isEmpty()) {
      return answering;
    }
    TrainingSettings settings = row.training().get();
    int labelled = settings.lossOn() == BatchOptions.Labels.SEQUENCE ? row.maxTokens() : 2;
    long training =
        training(
            model,
            method.orElseThrow(),
            precision,
            settings.batchSize(),
            row.maxTokens(),
            labelled);
    return Math.max(weights + training, answering);
  }

  /**
   * Bytes of a training step beside the base model's weights.
   *
   * @param tokens of a row of the batch, virtual ones not counted
   * @param labelled tokens of a row that the loss is taken on
   */
  static long training(
      Architecture model,
      MethodConfig method,
      Precision precision,
      long batch,
      long tokens,
      long labelled) {
    boolean full = method.method() == PeftMethod.FULL;
    Shape shape = model.shape();
    long trainable = method.trainableParameters(model);
    // Full fine-tuning trains the weights themselves.
    long trained = trainable * FLOAT * (full ? TRAINED_COPIES - 1 : TRAINED_COPIES);
    long copies = full && precision == Precision.MIXED ? 2 * trainable * HALF : 0;
    long largest = full ? 2L * shape.vocabulary() * shape.embedding() * FLOAT : 0;
    return trained
        + copies
        + largest
        + step(model, batch, tokens + method.virtualTokens(), labelled, precision);
  }

  /** Bytes of the base model's weights. */
  static long weights(Architecture model, boolean halfMatrices) {
    return model.weights().stream()
        .mapToLong(w -> w.elements() * (halfMatrices && w.shape().length > 1 ? HALF : FLOAT))
        .sum();
  }

  /** Bytes that one micro-batch's forward and backward pass need beside weights and optimiser. */
  private static long step(
      Architecture model, long batch, long tokens, long labelledPerRow, Precision precision) {
    Shape shape = model.shape();
    Activations layer = model.activations();
    long rows = batch * tokens;
    long scores = batch * shape.heads() * tokens * tokens;
    long kept = shape.layers() * (rows * layer.keptPerToken() + layer.keptSquares() * scores);
    long passing =
        3 * scores
            + rows * layer.passingPerToken()
            + 3 * batch * labelledPerRow * shape.vocabulary();
    double more = precision == Precision.MIXED ? MIXED_KEPT : 1;
    return FLOAT * (long) (kept * more + passing);
  }

  private static long answering(Architecture model, long batch, long tokens) {
    Shape shape = model.shape();
    long rows = batch * tokens;
    long cache = 2L * shape.layers() * rows * shape.keyValueWidth();
    long passing =
        3 * batch * shape.heads() * tokens * tokens
            + rows * (4L * shape.hidden() + 2L * shape.feedForward())
            + 2 * batch * shape.vocabulary();
    return FLOAT * (cache + passing);
  }
}
