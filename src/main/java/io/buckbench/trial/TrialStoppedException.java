package io.buckbench.trial;

/** A trial was stopped on request after a step; its training snapshot is kept, no record is. */
public final class TrialStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrialStoppedException(String message) {
    super(message);
  }
}
