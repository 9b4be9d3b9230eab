package io.buckbench.record;

/** How a trial ended. Failed and diverged trials are recorded and counted, never dropped. */
public enum RunStatus {
  /** It was trained until its budget was used up, and evaluated. */
  COMPLETED,
  /** A loss was not finite; the record has what was measured until then. */
  DIVERGED,
  /** An exception ended it; the record has its message. */
  FAILED
}
