package io.buckbench.train;

import io.buckbench.tensor.Precision;

/**
 * Scales the loss so that its gradients do not underflow in float16, with the rule and constants of
 * {@code torch.amp.GradScaler}. A step with gradients that are not finite is skipped and halves the
 * scale; 2,000 good steps in a row double it.
 */
final class LossScaler {
  private static final float INITIAL = 65536;
  private static final float GROWTH = 2;
  private static final float BACKOFF = 0.5f;
  private static final int GROWTH_INTERVAL = 2000;

  private final boolean dynamic;
  private TrainingSnapshot.LossScaling state;

  private LossScaler(boolean dynamic, float scale) {
    this.dynamic = dynamic;
    this.state = new TrainingSnapshot.LossScaling(scale, 0);
  }

  /** The scaler for a precision; float32 is never scaled. */
  static LossScaler of(Precision precision) {
    return precision == Precision.MIXED ? from(INITIAL) : off();
  }

  /** A scaler that starts with a given scale. */
  static LossScaler from(float scale) {
    return new LossScaler(true, scale);
  }

  /** A disabled scaler: the scale is 1 and no step is skipped. */
  static LossScaler off() {
    return new LossScaler(false, 1);
  }

  float scale() {
    return state.scale();
  }

  /**
   * Whether a step with gradients that are not finite is skipped, instead of ending the training.
   * At a scale below 1 the scale is not the cause, since the unscaled gradients would not fit
   * float16 either. Torch would continue to skip steps, which the budget would pay for.
   */
  boolean skipsOverflow() {
    return dynamic && state.scale() >= 1;
  }

  /** Must be called after each step. */
  void stepped(boolean overflow) {
    if (!dynamic) {
      return;
    }
    if (overflow) {
      state = new TrainingSnapshot.LossScaling(state.scale() * BACKOFF, 0);
    } else if (state.goodSteps() + 1 < GROWTH_INTERVAL) {
      state = new TrainingSnapshot.LossScaling(state.scale(), state.goodSteps() + 1);
    } else {
      // As in torch, the scale never becomes infinite.
      float grown = state.scale() * GROWTH;
      state = new TrainingSnapshot.LossScaling(Float.isFinite(grown) ? grown : state.scale(), 0);
    }
  }

  TrainingSnapshot.LossScaling state() {
    return state;
  }

  void restore(TrainingSnapshot.LossScaling saved) {
    state = saved;
  }
}
