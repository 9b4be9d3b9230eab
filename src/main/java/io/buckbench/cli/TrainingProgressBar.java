package io.buckbench.cli;

import io.buckbench.train.StepMetric;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a bar on standard error: loss, dollars spent, time left. */
final class TrainingProgressBar implements AutoCloseable, Consumer<StepMetric> {
  private final ProgressBar bar;
  private final BigDecimal budget;

  /**
   * @param steps expected number of steps
   */
  TrainingProgressBar(String task, long steps) {
    this(task, steps, BigDecimal.ZERO);
  }

  /**
   * As above.
   *
   * @param budget the dollars to spend; zero if they are not limited
   */
  TrainingProgressBar(String task, long steps, BigDecimal budget) {
    this.budget = budget;
    this.bar = builder(task, steps).build();
  }

  static ProgressBarBuilder builder(String task, long max) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(max)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(500)
        .setConsumer(new ConsoleProgressBarConsumer(new PrintStream(System.err, true)));
  }

  @Override
  public void accept(StepMetric metric) {
    show(metric, BigDecimal.ZERO);
  }

  /** Shows a step and the total cost so far. */
  void show(StepMetric metric, BigDecimal spentUsd) {
    bar.stepTo(metric.step());
    String spent = spentUsd.signum() == 0 ? "" : " $" + Dollars.spent(spentUsd, budget);
    bar.setExtraMessage(String.format(Locale.ROOT, "loss %.3f%s", metric.loss(), spent));
  }

  /** Shows the number of answered items. */
  void items(int done) {
    bar.stepTo(done);
  }

  @Override
  public void close() {
    bar.close();
  }
}
