package io.buckbench.cli;

import io.buckbench.checkpoint.hub.TransferListener;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on standard error for each file that comes, in megabytes. */
final class FetchProgress implements TransferListener, AutoCloseable {
  private String file = "";
  private ProgressBar bar;

  @Override
  public void at(String name, long bytes, long totalBytes) {
    if (bar == null || !name.equals(file)) {
      close();
      file = name;
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(totalBytes)
              .setUnit(" MB", 1_000_000)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(500)
              .setConsumer(new ConsoleProgressBarConsumer(new PrintStream(System.err, true)))
              .build();
    }
    bar.stepTo(bytes);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
