package io.buckbench.trial;

import io.buckbench.record.TrialId;

/**
 * The device does not compute any more after a failed trial. CUDA keeps some errors, such as a
 * failed assertion in a kernel, until the process ends, so every later trial of this process would
 * fail with the same error. A new process can continue, since finished trials are stored.
 */
public final class DeviceLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param trial the failed trial
   * @param failure the reason in its record
   * @param cause the error of the device after that
   */
  DeviceLostException(TrialId trial, String failure, RuntimeException cause) {
    super(
        trial
            + " failed: "
            + firstLine(failure)
            + "; then reading one element from the device gave: "
            + firstLine(String.valueOf(cause.getMessage()))
            + ", expected its value; no more trials were run and finished trials are stored: start"
            + " the same command again, and if a new process fails too, check the device with"
            + " nvidia-smi and restart the machine",
        cause);
  }

  /** PyTorch's further lines are advice on debugging kernels. */
  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
