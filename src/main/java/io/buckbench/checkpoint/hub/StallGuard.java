package io.buckbench.checkpoint.hub;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes a response body that stops arriving, or only trickles. Java's client limits the time until
 * the headers arrive, but not the pauses within the body: a read may block forever.
 */
final class StallGuard implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "fetch stall guard");
            thread.setDaemon(true);
            return thread;
          });

  /** So many bytes must arrive in each period; one byte a second would never end. */
  private static final int LEAST_BYTES = 1 << 16;

  private volatile long movedNanos = System.nanoTime();
  private long bytes;

  StallGuard(InputStream body, Duration stall) {
    long nanos = stall.toNanos();
    long period = Math.max(1, nanos / 4);
    timer.scheduleAtFixedRate(
        () -> {
          if (System.nanoTime() - movedNanos > nanos) {
            close(body);
          }
        },
        period,
        period,
        TimeUnit.NANOSECONDS);
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // The blocked read fails as well, and is reported.
    }
  }

  /** Reports that another piece has arrived. */
  void moved(int piece) {
    bytes += piece;
    if (bytes >= LEAST_BYTES) {
      bytes = 0;
      movedNanos = System.nanoTime();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
