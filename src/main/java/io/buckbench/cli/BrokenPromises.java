package io.buckbench.cli;

import io.buckbench.promise.PromiseCheck;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Prints broken promises, a line each, on standard error; any makes the exit status 1. */
final class BrokenPromises {
  private final PrintWriter err;
  private boolean any;

  BrokenPromises(CommandSpec spec) {
    this.err = spec.commandLine().getErr();
  }

  /** Prints those that were broken; {@code where} names the work they were made for. */
  void print(String where, List<PromiseCheck> broken) {
    broken.forEach(check -> err.println(check.line(where)));
    any |= !broken.isEmpty();
  }

  int exitStatus() {
    return any ? BuckBench.BROKEN_PROMISE : BuckBench.OK;
  }
}
