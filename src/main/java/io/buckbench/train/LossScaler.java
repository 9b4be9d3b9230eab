package io.buckbench.train;

import io.buckbench.tensor.Precision;

/**
 * What a loss is multiplied by so that its gradients do not fall below the smallest numbers of
 * float16: {@code torch.amp.GradScaler}'s rule and constants. A step whose gradients are not finite
 * is skipped and halves the scale; 2,000 good ones in a row double it.
 */
final class LossScaler {
  private static final float INITIAL = 65536;
  private static final float GROWTH = 2;
  private static final float BACKOFF = 0.5f;
  private static final int GROWTH_INTERVAL = 2000;

  /**
   * @param scale what the next loss is multiplied by
   * @param goodSteps since the scale last changed
   */
  record State(float scale, int goodSteps) {}

  private final boolean dynamic;
  private State state;

  private LossScaler(boolean dynamic, float scale) {
    this.dynamic = dynamic;
    this.state = new State(scale, 0);
  }

  /** As a model's precision needs it: float32 is never scaled. */
  static LossScaler of(Precision precision) {
    return precision == Precision.MIXED ? from(INITIAL) : off();
  }

  /** Starting from another scale. */
  static LossScaler from(float scale) {
    return new LossScaler(true, scale);
  }

  /** Disabled: the scale is 1 and no step is skipped. */
  static LossScaler off() {
    return new LossScaler(false, 1);
  }

  float scale() {
    return state.scale();
  }

  /**
   * Whether a step whose gradients are not finite is skipped instead of ending the training. Below
   * a scale of 1 the unscaled gradients would not fit float16 either, so the scale is not the
   * cause. Torch would continue to halve and skip, and the budget would pay for it.
   */
  boolean skipsOverflow() {
    return dynamic && state.scale() >= 1;
  }

  /** Called once a step. */
  void stepped(boolean overflow) {
    if (!dynamic) {
      return;
    }
    if (overflow) {
      state = new State(state.scale() * BACKOFF, 0);
    } else if (state.goodSteps() + 1 < GROWTH_INTERVAL) {
      state = new State(state.scale(), state.goodSteps() + 1);
    } else {
      // Torch too never lets the scale itself become infinite.
      float grown = state.scale() * GROWTH;
      state = new State(Float.isFinite(grown) ? grown : state.scale(), 0);
    }
  }

  State state() {
    return state;
  }

  void restore(State saved) {
    state = saved;
  }
}
