package io.buckbench.cli;

import io.buckbench.train.StepMetric;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on standard error for work of more than two seconds: loss, dollars spent, time left. */
final class Progress implements AutoCloseable, Consumer<StepMetric> {
  private final ProgressBar bar;
  private final double usdPerSecond;
  private double seconds;

  /**
   * @param steps how many are expected
   * @param usdPerSecond what a second costs; 0 where no price is known
   */
  Progress(String task, long steps, double usdPerSecond) {
    this.usdPerSecond = usdPerSecond;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(500)
            .setConsumer(
                new me.tongfei.progressbar.ConsoleProgressBarConsumer(
                    new PrintStream(System.err, true)))
            .build();
  }

  @Override
  public void accept(StepMetric metric) {
    seconds += metric.seconds();
    bar.stepTo(metric.step());
    String spent =
        usdPerSecond > 0 ? String.format(Locale.ROOT, " $%.6f", seconds * usdPerSecond) : "";
    bar.setExtraMessage(String.format(Locale.ROOT, "loss %.3f%s", metric.loss(), spent));
  }

  @Override
  public void close() {
    bar.close();
  }
}
