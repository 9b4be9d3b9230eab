package io.buckbench.cli;

import io.buckbench.checkpoint.hub.TransferListener;
import me.tongfei.progressbar.ProgressBar;

/** Shows a bar in megabytes for each transferred file, on standard error. */
final class FetchProgress implements TransferListener, AutoCloseable {
  private String file = "";
  private ProgressBar bar;

  @Override
  public void at(String name, long bytes, long totalBytes) {
    if (bar == null || !name.equals(file)) {
      close();
      file = name;
      bar = TrainingProgressBar.builder(name, totalBytes).setUnit(" MB", 1_000_000).build();
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
