package io.buckbench.tensor;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Sets whether operations on this thread are recorded for {@link Autograd#backward}, until it is
 * closed. PyTorch has a mode for each thread: off on the thread that loaded it and on in every new
 * thread. Code that computes must therefore set the mode that it needs.
 */
public final class GradMode implements AutoCloseable {
  private final boolean before;

  private GradMode(boolean on) {
    Torch.start();
    before = JniUtils.isGradMode();
    JniUtils.setGradMode(on);
  }

  /** Recorded, for the forward pass of training. */
  public static GradMode on() {
    return new GradMode(true);
  }

  /** Not recorded, for evaluation and optimiser steps. */
  public static GradMode off() {
    return new GradMode(false);
  }

  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
