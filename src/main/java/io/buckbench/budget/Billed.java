package io.buckbench.budget;

/** Which phases a price card charges to the budget. */
public enum Billed {
  /** Training only, as the paper counts its dollar. */
  TRAIN,
  /** Load, train and evaluate: what the provider's bill says. */
  ALL;

  /** Whether a phase is charged. */
  public boolean charges(Phase phase) {
    return this == ALL || phase == Phase.TRAIN || phase == Phase.ROUNDING;
  }
}
