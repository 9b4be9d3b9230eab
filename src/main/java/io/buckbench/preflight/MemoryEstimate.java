package io.buckbench.preflight;

import io.buckbench.data.BatchOptions;
import io.buckbench.experiment.Experiment;
import io.buckbench.experiment.TrainingSettings;
import io.buckbench.model.OptConfig;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
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
 *   kept       layers * (R (10 d + f) + batch h tokens^2)     what autograd holds for backward
 *   passing    3 batch h tokens^2 + 2 R f + 3 L V             the largest temporaries
 * </pre>
 *
 * The 10: two inputs of layer norms, queries, keys and values as the products copy them, two masks
 * of dropout, and up to three inputs of trained projections. Mixed precision keeps a float16 copy
 * beside each product's operands: {@link #MIXED_KEPT} times as much. Answering keeps nothing but
 * keys and values. The larger of training and answering counts.
 */
final class MemoryEstimate {
  /**
   * What a process takes of a card before the first tensor: CUDA's context, cuBLAS's workspace,
   * what the allocator rounds up. An allowance; it was never measured on a card by us.
   */
  static final long CUDA_CONTEXT_BYTES = Sizes.GIB;

  /** What Java and PyTorch take of main memory before the first tensor; about 0.4 GiB on Linux. */
  static final long HOST_BYTES = Sizes.GIB / 2;

  private static final long FLOAT = Float.BYTES;
  private static final long HALF = 2;
  private static final long WIDTHS_KEPT = 10;
  private static final double MIXED_KEPT = 1.6;
  private static final long TRAINED_COPIES = 4;

  private MemoryEstimate() {}

  /** Bytes for a row on a model of this shape; 0 for a row without a model. */
  static long bytes(Experiment row, OptConfig shape, Precision precision) {
    if (row.model().isEmpty()) {
      return 0;
    }
    Optional<MethodConfig> method = row.method().config();
    int virtual = method.map(MethodConfig::virtualTokens).orElse(0);
    long tokens = (long) row.maxTokens() + virtual;
    boolean frozen = method.map(m -> m.method() != PeftMethod.FULL).orElse(true);
    long weights = weights(shape, precision == Precision.MIXED && frozen);
    long answering = weights + answering(shape, row.testBatchSize(), tokens + row.maxNewTokens());
    if (row.training().isEmpty()) {
      return answering;
    }
    TrainingSettings settings = row.training().get();
    int labelled = settings.lossOn() == BatchOptions.Labels.SEQUENCE ? row.maxTokens() : 2;
    long trainable = method.orElseThrow().trainableParameters(shape);
    // Full fine-tuning trains the weights themselves, and mixed keeps their float16 copies.
    long trained = trainable * FLOAT * (frozen ? TRAINED_COPIES : TRAINED_COPIES - 1);
    long copies = !frozen && precision == Precision.MIXED ? trainable * HALF : 0;
    long training =
        weights + trained + copies + step(shape, settings.batchSize(), tokens, labelled, precision);
    return Math.max(training, answering);
  }

  /** Bytes of the base model's weights. */
  static long weights(OptConfig shape, boolean halfMatrices) {
    long bytes = 0;
    for (long[] axes : shape.weightShapes().values()) {
      long elements = 1;
      for (long axis : axes) {
        elements *= axis;
      }
      bytes += elements * (halfMatrices && axes.length > 1 ? HALF : FLOAT);
    }
    return bytes;
  }

  /** Bytes that one micro-batch's forward and backward pass need beside weights and optimiser. */
  private static long step(
      OptConfig shape, long batch, long tokens, long labelledPerRow, Precision precision) {
    long rows = batch * tokens;
    long scores = batch * shape.heads() * tokens * tokens;
    long layer = rows * (WIDTHS_KEPT * shape.hiddenSize() + shape.ffnDim()) + scores;
    long kept = shape.layers() * layer;
    long passing =
        3 * scores + 2 * rows * shape.ffnDim() + 3 * batch * labelledPerRow * shape.vocabSize();
    double more = precision == Precision.MIXED ? MIXED_KEPT : 1;
    return FLOAT * (long) (kept * more + passing);
  }

  private static long answering(OptConfig shape, long batch, long tokens) {
    long rows = batch * tokens;
    long cache = 2L * shape.layers() * rows * shape.hiddenSize();
    long passing =
        3 * batch * shape.heads() * tokens * tokens
            + rows * (4L * shape.hiddenSize() + 2L * shape.ffnDim())
            + 2 * batch * shape.vocabSize();
    return FLOAT * (cache + passing);
  }
}
