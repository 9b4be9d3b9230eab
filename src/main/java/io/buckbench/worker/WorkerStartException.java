package io.buckbench.worker;

/**
 * A new worker process could not be used, so no further trial was run. Finished trials are stored.
 */
public final class WorkerStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private WorkerStartException(String message) {
    super(message);
  }

  /** A new process cannot read one element from the device. */
  static WorkerStartException deviceLost(String reason) {
    return new WorkerStartException(
        "a new process could not read one element from the device: "
            + firstLine(reason)
            + ", expected its value; no more trials were run and finished trials are stored: check"
            + " the device with nvidia-smi, restart the machine, and start the same command again");
  }

  /** A new process ended, or refused its input, before its first trial. */
  static WorkerStartException notReady(String reason) {
    return new WorkerStartException(
        "a new worker process was not ready for a trial: "
            + reason
            + "; no more trials were run and finished trials are stored: remove the cause and start"
            + " the same command again");
  }

  /** PyTorch's further lines are advice on debugging kernels. */
  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
