package io.buckbench.record;

/** How a trial ended. Every trial is recorded and counted, never dropped. */
public enum RunStatus {
  /** It was trained until its budget was used up, and evaluated. */
  COMPLETED,
  /** A loss was not finite; the record has what was measured until then. */
  DIVERGED,
  /** Its metered budget turned out to pay for less than the first step; nothing was evaluated. */
  UNAFFORDABLE,
  /** An exception ended it; the record has its message. */
  FAILED
}
