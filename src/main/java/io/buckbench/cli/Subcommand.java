package io.buckbench.cli;

import io.buckbench.promise.PromiseCheck;
import io.buckbench.record.RunRecord;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The base of all commands: {@code --help}, output, and the report of broken promises. */
@Command(mixinStandardHelpOptions = true)
abstract class Subcommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  private int exitStatus = BuckBench.OK;

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /**
   * Prints broken promises to standard error. If there are any, the exit status is 1.
   *
   * @param where the work during which they were broken
   */
  final void reportBroken(String where, List<PromiseCheck> broken) {
    broken.forEach(check -> err().println(check.line(where)));
    exitStatus = broken.isEmpty() ? exitStatus : BuckBench.BROKEN_PROMISE;
  }

  /** Reports the broken promises of records. */
  final void reportBroken(List<RunRecord> records) {
    records.forEach(record -> reportBroken(record.id().toString(), record.broken()));
  }

  /** 0, or 1 after a broken promise was reported. */
  final int exitStatus() {
    return exitStatus;
  }
}
