package io.buckbench.cli;

import io.buckbench.files.Folders;
import io.buckbench.record.Provenance;
import io.buckbench.repeat.RecordPlace;
import io.buckbench.repeat.Reproduction;
import io.buckbench.suite.Project;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reproduce RECORD}: runs a record again from its provenance. */
@Command(
    name = "reproduce",
    description = {
      "Run the trial of a record again from its provenance, and compare the bits.",
      "If the program has changed since, the record's commit is checked out and built in"
          + " target/reproduced. Exit status 0: bit-identical; 1: they differ; 2: something is"
          + " missing here, all of which is listed."
    })
final class ReproduceCommand extends Subcommand {
  private static final String DEVICE = "buckbench.device";
  private static final String THREADS = "buckbench.threads";

  @Parameters(paramLabel = "RECORD", description = "its folder, STORE/SUITE/CONFIGURATION/seed-N")
  private Path record;

  @Option(
      names = "--anyway",
      description = "run and compare although the machine, a version or an input is another one")
  private boolean anyway;

  @Mixin private ProjectFolders folders;

  @Override
  public Integer call() throws IOException {
    Project project = folders.project();
    RecordPlace place = RecordPlace.of(record);
    Provenance then = place.record().provenance();
    out()
        .printf(
            "%s: run at %s by commit %s%s, %s, on %s%n",
            place.trial(),
            then.startedAt(),
            then.commit(),
            then.dirty() ? " with modified files" : "",
            then.command().isEmpty() ? "in a build" : "command '" + then.command() + "'",
            then.deviceClass());
    out().flush();
    // As it was then, unless the caller says otherwise.
    set(DEVICE, then.deviceClass().startsWith("cpu") ? "cpu" : "gpu");
    set(THREADS, Integer.toString(then.threads()));
    Path folder = project.root().resolve("target").resolve("reproduced").toAbsolutePath();
    Folders.delete(folder);
    Reproduction.Outcome outcome;
    try (TrialProgress progress = new TrialProgress(out())) {
      outcome = new Reproduction(project, place, folder, anyway).run(progress);
    }
    out().println("run again by " + outcome.how());
    outcome.inputs().forEach(line -> out().println("another input: " + line));
    out().println(outcome.repetition().words());
    return outcome.repetition().identical() ? BuckBench.OK : BuckBench.BROKEN_PROMISE;
  }

  private static void set(String property, String value) {
    if (System.getProperty(property, "").isEmpty()) {
      System.setProperty(property, value);
    }
  }
}
