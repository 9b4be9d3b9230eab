package io.buckbench.statistics;

/** How the seeds of a row can differ. */
public enum Regime {
  /** Nothing is trained, so one trial says all about other seeds. */
  FIXED,
  /** A training of which no seed was seen to collapse. */
  STEADY,
  /**
   * A training that may collapse to one answer: some seed of a row with the same method, model and
   * data did.
   */
  PRONE
}
