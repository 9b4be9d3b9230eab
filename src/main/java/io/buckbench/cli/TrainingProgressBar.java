package io.buckbench.cli;

import io.buckbench.train.StepMetric;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on standard error for work of more than two seconds: loss, dollars spent, time left. */
final class TrainingProgressBar implements AutoCloseable, Consumer<StepMetric> {
  private final ProgressBar bar;

  /**
   * @param steps how many are expected
   */
  TrainingProgressBar(String task, long steps) {
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(500)
            .setConsumer(new ConsoleProgressBarConsumer(new PrintStream(System.err, true)))
            .build();
  }

  @Override
  public void accept(StepMetric metric) {
    show(metric, BigDecimal.ZERO);
  }

  /** One more step, and what all so far have cost. */
  void show(StepMetric metric, BigDecimal spentUsd) {
    bar.stepTo(metric.step());
    String spent =
        spentUsd.signum() == 0
            ? ""
            : " $" + spentUsd.setScale(6, RoundingMode.HALF_UP).toPlainString();
    bar.setExtraMessage(String.format(Locale.ROOT, "loss %.3f%s", metric.loss(), spent));
  }

  /** So many rows are done. */
  void rows(int done) {
    bar.stepTo(done);
  }

  @Override
  public void close() {
    bar.close();
  }
}
