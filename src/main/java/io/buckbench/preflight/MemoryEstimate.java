package io.buckbench.preflight;

import io.buckbench.data.BatchOptions;
import io.buckbench.model.Architecture;
import io.buckbench.model.Architecture.Activations;
import io.buckbench.model.LinearModule;
import io.buckbench.model.Shape;
import io.buckbench.peft.KeptActivations;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.TrainingSettings;
import io.buckbench.tensor.Precision;
import java.util.Optional;

/**
 * Estimates the device memory that a configuration needs, to decide whether to run it. It is not an
 * upper bound.
 *
 * <pre>
 *   R = batch * tokens (including virtual tokens, not a prefix), h = heads, L = labelled positions,
 *   V = vocabulary; in floats of 4 bytes unless stated otherwise
 *
 *   weights    one float each; 2 bytes for frozen matrices in mixed precision
 *   training   trainable parameters * (value, gradient, two moments of AdamW)
 *              + frozen parameters of the adapter
 *   kept       layers * (R (k + m) + s batch h tokens^2)      saved by autograd for backward
 *   passing    R p + batch tokens^2 + 3 L V                   the largest temporaries, and the mask,
 *              + 2 batch h tokens^2 if scores have a bias     with ALiBi one for each head
 *              + 3 batch h tokens^2 if s > 0
 * </pre>
 *
 * k, s and p are the architecture's {@link Activations}, and m is what the method's {@link
 * KeptActivations} add, such as the input of a hooked module; layers before the first one that is
 * trained keep nothing. MemoryEstimateTest measures the estimate. A prefix adds keys and values. Of
 * the last layer only the needed rows are computed, so its keys and values count instead of k. In
 * mixed precision most of what is kept is float16, a factor of {@link #MIXED_KEPT}, and trained
 * weights have a float16 copy with its gradient. Full fine-tuning needs two gradients of its
 * largest matrix, which is both embedding and head. Answering keeps only keys and values. The
 * larger of training and answering is returned.
 */
final class MemoryEstimate {
  /**
   * Device memory in use before the first tensor: CUDA context, cuBLAS workspace, rounding by the
   * allocator. An allowance, not measured on a GPU.
   */
  static final long CUDA_CONTEXT_BYTES = Sizes.GIB;

  /** Main memory that Java and PyTorch use before the first tensor; about 0.4 GiB on Linux. */
  static final long HOST_BYTES = Sizes.GIB / 2;

  /**
   * The largest ratio of estimate to need. Measured on a CPU in float32, the estimate was 1.04 to
   * 1.22 times the peak for 30 pairs of a method and a family, and 1.39 times in the one case
   * measured in mixed precision; not measured on a GPU, nor for answering.
   */
  static final double MAY_BE_HIGH = 1.4;

  private static final long FLOAT = Float.BYTES;
  private static final long HALF = 2;
  private static final double MIXED_KEPT = 0.65;
  private static final long TRAINED_COPIES = 4;

  private MemoryEstimate() {}

  /** Bytes that a configuration needs with this model; 0 for one without a model. */
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
    long training = 0;
    // With batch_tokens, any number of rows of a step, all as long as that number allows.
    int fewest = settings.batchTokens().isPresent() ? 1 : settings.batchSize();
    int most = settings.batchTokens().isPresent() ? settings.stepRows() : settings.batchSize();
    for (int rows = fewest; rows <= most; rows++) {
      int longest = row.maxTokens();
      if (settings.batchTokens().isPresent() && rows > 1) {
        longest = Math.min(longest, settings.batchTokens().getAsInt() / rows - virtual);
      }
      if (longest > 0) {
        training =
            Math.max(
                training,
                training(
                    model,
                    method.orElseThrow(),
                    precision,
                    rows,
                    longest,
                    Math.min(labelled, longest)));
      }
    }
    return Math.max(weights + training, answering);
  }

  /**
   * Bytes that a training step needs in addition to the base model's weights.
   *
   * @param tokens tokens per row of the batch, without virtual tokens
   * @param labelled tokens per row that the loss is computed on
   */
  static long training(
      Architecture model,
      MethodConfig method,
      Precision precision,
      long batch,
      long tokens,
      long labelled) {
    boolean full = method.method() == PeftMethod.FULL;
    int prefix = method.method() == PeftMethod.PREFIX_TUNING ? method.virtualTokens() : 0;
    int rows = method.virtualTokens() - prefix;
    Shape shape = model.shape();
    long trainable = method.trainableParameters(model);
    // Full fine-tuning trains the weights themselves.
    long trained = trainable * FLOAT * (full ? TRAINED_COPIES - 1 : TRAINED_COPIES);
    trained += method.frozenParameters(model) * FLOAT;
    long copies = full && precision == Precision.MIXED ? 2 * trainable * HALF : 0;
    long largest = full ? 2L * shape.vocabulary() * shape.embedding() * FLOAT : 0;
    return trained
        + copies
        + largest
        + step(model, method.kept(model), batch, tokens + rows, prefix, labelled, precision);
  }

  /** Bytes of the base model's weights. */
  static long weights(Architecture model, boolean halfMatrices) {
    return model.weights().stream()
        .mapToLong(w -> w.elements() * (halfMatrices && w.shape().length > 1 ? HALF : FLOAT))
        .sum();
  }

  /** Bytes of one micro-batch in the forward and backward pass, without weights and optimizer. */
  private static long step(
      Architecture model,
      KeptActivations method,
      long batch,
      long tokens,
      long prefix,
      long labelledPerRow,
      Precision precision) {
    Shape shape = model.shape();
    Activations layer = model.activations();
    long rows = batch * tokens;
    long mask = batch * tokens * (tokens + prefix);
    long scores = mask * shape.heads();
    long kept = 2L * shape.layers() * batch * prefix * shape.keyValueWidth();
    for (int i = method.firstLayer(); i < shape.layers(); i++) {
      boolean last = i == shape.layers() - 1;
      kept +=
          last
              ? rows * (layer.keysAndValues() + ofModules(method, layer, i, true))
              : rows * (layer.keptPerToken() + ofModules(method, layer, i, false))
                  + layer.keptSquares() * scores;
      kept += method.norms() && !last ? rows * layer.ofNorms() : 0;
    }
    long passing =
        (layer.keptSquares() > 0 ? 3 * scores : 0)
            + (model.biasesScores() ? 2 * scores : mask)
            + rows * layer.passingPerToken()
            + 3 * batch * labelledPerRow * shape.vocabulary();
    double more = precision == Precision.MIXED ? MIXED_KEPT : 1;
    return FLOAT * (long) (kept * more + passing);
  }

  /**
   * Floats per token that a layer keeps for trained or hooked modules. Attention keeps its output,
   * the input of the module after it, in any case.
   *
   * @param keysAndValues whether only modules of keys and values count
   */
  private static long ofModules(
      KeptActivations method, Activations layer, int index, boolean keysAndValues) {
    long own = 0;
    long attention = 0;
    long feedForward = 0;
    long inner = 0;
    for (KeptActivations.OfModule kept : method.modules()) {
      LinearModule module = kept.module();
      if (module.layer() != index) {
        continue;
      }
      switch (module.role()) {
        case KEY, VALUE, QUERY_KEY_VALUE -> {
          own += kept.own();
          attention = kept.input() ? module.in() : attention;
        }
        case QUERY -> {
          own += keysAndValues ? 0 : kept.own();
          attention = kept.input() ? module.in() : attention;
        }
        default -> own += keysAndValues ? 0 : kept.own();
      }
      if (kept.input() && module.role() == LinearModule.Role.FEED_FORWARD && !keysAndValues) {
        if (module.out() >= module.in()) {
          feedForward = module.in();
        } else if (!layer.keepsInner()) {
          inner = module.in();
        }
      }
    }
    return own + attention + feedForward + inner;
  }

  private static long answering(Architecture model, long batch, long tokens) {
    Shape shape = model.shape();
    long rows = batch * tokens;
    long cache = 2L * shape.layers() * rows * shape.keyValueWidth();
    long passing =
        batch * tokens * tokens
            + rows * (4L * shape.hidden() + 2L * shape.feedForward())
            + 2 * batch * shape.vocabulary();
    return FLOAT * (cache + passing);
  }
}
