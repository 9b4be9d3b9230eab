package io.buckbench.cli;

import io.buckbench.record.RunStore;
import io.buckbench.record.StoreMerge;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code merge STORE... --out STORE}: unites the run stores of several machines. */
@Command(
    name = "merge",
    description = {
      "Unite the run stores of several machines, so that report and a build judge them as one.",
      "A trial that is in two stores must be equal in both, apart from times; otherwise nothing is"
          + " written and both are named. A trial that failed gives way to one that did not."
          + " Stores without records, as of shares without trials, are named."
    })
final class MergeCommand extends Subcommand {
  @Parameters(paramLabel = "STORE", arity = "1..*", description = "the stores to unite")
  private List<Path> stores;

  @Option(
      names = "--out",
      paramLabel = "STORE",
      required = true,
      description = "the united store; records that it has are kept, and compared too")
  private Path out;

  @Override
  public Integer call() {
    StoreMerge merged =
        StoreMerge.into(new RunStore(out), stores.stream().map(RunStore::new).toList());
    out()
        .printf(
            "%s: %d trials copied, %d were in it or in two stores and equal, %d failed ones left"
                + " out%n",
            out, merged.copied().size(), merged.equal(), merged.failed());
    merged.empty().forEach(store -> out().println(store.directory() + ": no records"));
    return BuckBench.OK;
  }
}
