package io.buckbench.suite;

import io.buckbench.data.BatchOptions;
import io.buckbench.data.Side;
import io.buckbench.input.CsvRow;
import io.buckbench.train.AdamWOptions;
import io.buckbench.train.LearningRateSchedule;
import io.buckbench.train.LinearSchedule;
import io.buckbench.train.TrainingOptions;
import java.util.List;
import java.util.OptionalInt;

/**
 * The training settings of a configuration; each is a column of the suite.
 *
 * @param lossOn the tokens that are labelled
 * @param learningRate the highest rate
 * @param schedule how the rate changes over the planned steps
 * @param warmupSteps steps in which the rate rises from 0
 * @param weightDecay AdamW's weight decay, applied to every trained tensor as in PyTorch
 * @param beta1 AdamW's decay rate of the first moment
 * @param beta2 AdamW's decay rate of the second moment
 * @param epsilon AdamW's epsilon
 * @param clipNorm largest global L2 norm of the gradient; 0 for no clipping
 * @param batchSize rows per micro-batch
 * @param accumulation micro-batches per optimiser step
 * @param padding the side on which short rows are padded
 * @param bucketBatches number of batches that are sorted by length together; 1 for no sorting
 * @param batchTokens largest number of tokens of a micro-batch, padding and virtual tokens
 *     included; if present, the {@code batchSize * accumulation} rows of a step are packed into
 *     micro-batches by it, and a longer row is alone
 */
public record TrainingSettings(
    BatchOptions.Labels lossOn,
    double learningRate,
    ScheduleKind schedule,
    int warmupSteps,
    double weightDecay,
    double beta1,
    double beta2,
    double epsilon,
    double clipNorm,
    int batchSize,
    int accumulation,
    Side padding,
    int bucketBatches,
    OptionalInt batchTokens) {

  /** The columns, in order. */
  static final List<String> COLUMNS =
      List.of(
          "loss_on",
          "learning_rate",
          "schedule",
          "warmup_steps",
          "weight_decay",
          "beta1",
          "beta2",
          "epsilon",
          "clip_norm",
          "batch_size",
          "accumulation",
          "padding",
          "bucket_batches");

  /** The optional column of {@link #batchTokens}. */
  static final String BATCH_TOKENS = "batch_tokens";

  /** The number of rows of an optimiser step. */
  public int stepRows() {
    return Math.multiplyExact(batchSize, accumulation);
  }

  /** How the learning rate changes after the warm-up. */
  public enum ScheduleKind {
    /** It stays the same. */
    CONSTANT,
    /** It falls to 0 at the last planned step. */
    LINEAR
  }

  /** The schedule for a number of planned steps. */
  LearningRateSchedule schedule(int steps) {
    return switch (schedule) {
      case LINEAR -> new LinearSchedule(Math.min(warmupSteps, steps), steps);
      // Transformers' get_constant_schedule_with_warmup: the first step of a warm-up has rate 0.
      case CONSTANT -> step -> step > warmupSteps ? 1 : (step - 1.0) / warmupSteps;
    };
  }

  /** The settings as the trainer's options. */
  public TrainingOptions options(int steps, long seed) {
    return new TrainingOptions(
        learningRate,
        schedule(steps),
        new AdamWOptions(beta1, beta2, epsilon, weightDecay, true),
        clipNorm == 0 ? Double.POSITIVE_INFINITY : clipNorm,
        seed);
  }

  private static final double BELOW_ONE = Math.nextDown(1.0);

  static TrainingSettings read(CsvRow row) {
    return new TrainingSettings(
        row.choice("loss_on", BatchOptions.Labels.class),
        row.number("learning_rate", Double.MIN_VALUE, Double.MAX_VALUE),
        row.choice("schedule", ScheduleKind.class),
        row.integer("warmup_steps", 0, Integer.MAX_VALUE),
        row.number("weight_decay", 0, Double.MAX_VALUE),
        row.number("beta1", 0, BELOW_ONE),
        row.number("beta2", 0, BELOW_ONE),
        row.number("epsilon", Double.MIN_VALUE, Double.MAX_VALUE),
        row.number("clip_norm", 0, Double.MAX_VALUE),
        row.integer("batch_size", 1, Integer.MAX_VALUE),
        row.integer("accumulation", 1, Integer.MAX_VALUE),
        row.choice("padding", Side.class),
        row.integer("bucket_batches", 1, Integer.MAX_VALUE),
        row.isEmpty(BATCH_TOKENS)
            ? OptionalInt.empty()
            : OptionalInt.of(row.integer(BATCH_TOKENS, 1, Integer.MAX_VALUE)));
  }
}
