package io.buckbench.tensor;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Sets the number of threads that compute one operation on the CPU, until it is closed. Sums are
 * split among them, so the number decides bits. It holds for the thread that called {@link #wanted}
 * and the operations that it starts.
 */
public final class Threads implements AutoCloseable {
  private Threads() {}

  /**
   * The number of threads unless set otherwise: the system property {@code buckbench.threads}, by
   * default the number of processors. Does not load PyTorch.
   */
  public static int standard() {
    return Integer.getInteger("buckbench.threads", Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param threads at least 1; may exceed the number of processors
   */
  public static Threads wanted(int threads) {
    Torch.start();
    JniUtils.setNumThreads(threads);
    return new Threads();
  }

  /** The number of threads now. */
  public static int current() {
    Torch.start();
    return JniUtils.getNumThreads();
  }

  /** Sets the number back to {@link #standard}. */
  @Override
  public void close() {
    JniUtils.setNumThreads(standard());
  }
}
