package io.buckbench.record;

/** How a trial ended. Failed and diverged trials are kept and counted, never dropped. */
public enum RunStatus {
  /** Trained until its budget was used up, and evaluated. */
  COMPLETED,
  /** A loss was not finite; what was measured until then is kept. */
  DIVERGED,
  /** An exception ended it; the record has its message. */
  FAILED
}
