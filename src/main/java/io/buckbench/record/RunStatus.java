package io.buckbench.record;

/** How a trial ended. Failed and diverged trials are kept and counted, never dropped. */
public enum RunStatus {
  /** Trained as far as its budget went and was evaluated. */
  COMPLETED,
  /** A loss was not finite; what was measured up to then is kept. */
  DIVERGED,
  /** Something broke; the record says what. */
  FAILED
}
