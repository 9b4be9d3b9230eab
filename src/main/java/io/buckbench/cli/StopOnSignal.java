package io.buckbench.cli;

import java.util.concurrent.CountDownLatch;

/**
 * While it is open, SIGTERM and SIGINT stop some work in order: the work is asked to stop, and the
 * process ends, with status 143 or 130, only when this is closed.
 */
final class StopOnSignal implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  /**
   * @param stop asks the work to stop; must return soon
   */
  StopOnSignal(Runnable stop) {
    // The JVM runs its hooks on these signals, and then ends with 128 and the signal's number.
    hook =
        new Thread(
            () -> {
              stop.run();
              await();
            },
            "stop on signal");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending.
    }
  }
}
