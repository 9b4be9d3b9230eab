package io.buckbench.cli;

import io.buckbench.worker.WorkerCount;
import picocli.CommandLine.Option;

/** The option of commands that run trials in worker processes. */
final class WorkerOptions {
  private static final String WORKERS = "--workers";

  @Option(
      names = WORKERS,
      paramLabel = "N|auto",
      description =
          "number of processes that run trials at the same time; auto is as many as processors and"
              + " memory allow, and 1 on a GPU. Default: -Dbuckbench.workers, or auto")
  private String workers;

  /**
   * The number of workers.
   *
   * @throws io.buckbench.input.InvalidInputException if it is neither a number nor {@code auto}
   */
  WorkerCount count() {
    return workers == null ? WorkerCount.fromProperties() : WorkerCount.parse(WORKERS, workers);
  }
}
