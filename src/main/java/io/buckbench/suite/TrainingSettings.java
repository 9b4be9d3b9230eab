package io.buckbench.suite;

import io.buckbench.data.BatchOptions;
import io.buckbench.data.Side;
import io.buckbench.input.CsvRow;
import io.buckbench.train.AdamWOptions;
import io.buckbench.train.LearningRateSchedule;
import io.buckbench.train.LinearSchedule;
import io.buckbench.train.TrainingOptions;
import java.util.List;

/**
 * How a row trains; each field is a column of the suite.
 *
 * @param lossOn what the loss is taken on
 * @param learningRate the highest rate
 * @param schedule how the rate goes over the planned steps
 * @param warmupSteps over which the rate rises from 0
 * @param weightDecay AdamW's, on every trained tensor, as in PyTorch's default
 * @param beta1 AdamW's
 * @param beta2 AdamW's
 * @param epsilon AdamW's
 * @param clipNorm largest global L2 norm of the gradient; 0 clips nothing
 * @param batchSize rows of a micro-batch
 * @param accumulation micro-batches of an optimiser step
 * @param padding the side that short rows are filled on
 * @param bucketBatches batches sorted by length among themselves; 1 for none
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
    int bucketBatches) {

  /** The columns, in their order. */
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

  /** How the learning rate goes. */
  public enum ScheduleKind {
    /** The same rate throughout, after the warm-up. */
    CONSTANT,
    /** Down to 0 at the last planned step, after the warm-up. */
    LINEAR
  }

  /** The rates of a training of so many steps. */
  LearningRateSchedule schedule(int steps) {
    return switch (schedule) {
      case LINEAR -> new LinearSchedule(Math.min(warmupSteps, steps), steps);
      // Transformers' get_constant_schedule_with_warmup: the first step of a warm-up has rate 0.
      case CONSTANT -> step -> step > warmupSteps ? 1 : (step - 1.0) / warmupSteps;
    };
  }

  /** As the trainer takes them. */
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
        row.integer("bucket_batches", 1, Integer.MAX_VALUE));
  }
}
