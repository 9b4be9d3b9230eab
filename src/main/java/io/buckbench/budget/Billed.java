package io.buckbench.budget;

/** Which phases a price card charges to the budget. */
public enum Billed {
  /** Training only, as in the paper. */
  TRAIN,
  /** Loading, training and evaluation, as on the provider's bill. */
  ALL;

  /** Whether a phase is charged. */
  public boolean charges(Phase phase) {
    return this == ALL || phase == Phase.TRAIN || phase == Phase.ROUNDING;
  }
}
