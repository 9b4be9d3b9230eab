package io.buckbench.trial;

import io.buckbench.record.TrialId;

/**
 * After a failed trial the device computes nothing any more. CUDA keeps some errors, such as a
 * failed assertion in a kernel, until the process ends, so every later trial of this process would
 * fail with the same. A new process can go on: what was finished is in the store.
 */
public final class DeviceLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param trial the one that failed
   * @param failure why, as its record says
   * @param cause what the device answered afterwards
   */
  DeviceLostException(TrialId trial, String failure, RuntimeException cause) {
    super(
        trial
            + " failed: "
            + firstLine(failure)
            + "; after it the device gave: "
            + firstLine(String.valueOf(cause.getMessage()))
            + ", expected one element that was just put there; no further trial was run and finished"
            + " ones are kept: start the same command again, and if a new process fails too, look"
            + " for the device in nvidia-smi and restart the machine",
        cause);
  }

  /** PyTorch appends advice for people who debug kernels. */
  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
