package io.buckbench.tensor;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Whether operations on this thread are recorded for {@link Autograd#backward}; the mode before
 * comes back on close. PyTorch keeps the mode by thread, off on the one that loaded it and on in
 * every new one, so whoever computes says which one it needs.
 */
public final class GradMode implements AutoCloseable {
  private final boolean before;

  private GradMode(boolean on) {
    Torch.start();
    before = JniUtils.isGradMode();
    JniUtils.setGradMode(on);
  }

  /** Recorded: the forward pass of training. */
  public static GradMode on() {
    return new GradMode(true);
  }

  /** Not recorded: evaluation, optimiser steps. */
  public static GradMode off() {
    return new GradMode(false);
  }

  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
