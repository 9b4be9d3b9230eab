package io.buckbench.cli;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Suggestion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code help NAME}: what a command, a column, a metric or a claim is. */
@Command(
    name = "help",
    description = "Explain a command, or a column, claim, metric or property, in one line.")
final class HelpCommand extends Subcommand {
  @Parameters(arity = "0..*", paramLabel = "NAME", description = "a command, or a name in a table")
  private List<String> names = List.of();

  @Option(names = "--all", description = "print the whole reference, docs/reference.md")
  private boolean all;

  @Override
  public Integer call() {
    CommandLine program = spec.commandLine().getParent();
    if (all) {
      out().print(Reference.read().markdown());
    } else if (names.isEmpty()) {
      program.usage(out());
    }
    for (String name : names) {
      explain(name, program.getSubcommands());
    }
    out().flush();
    return BuckBench.OK;
  }

  private void explain(String name, Map<String, CommandLine> commands) {
    if (commands.containsKey(name)) {
      commands.get(name).usage(out());
      return;
    }
    Reference reference = Reference.read();
    List<Reference.Entry> found = reference.find(name);
    if (found.isEmpty()) {
      Set<String> known = new LinkedHashSet<>(commands.keySet());
      known.addAll(reference.names());
      throw new InvalidInputException(
          "help",
          "'" + name + "'",
          "a command, or a column, claim, metric or property of docs/reference.md",
          Suggestion.nearest(name, known)
              .map(near -> "did you mean " + near + "?")
              .orElse("help --all prints every name"));
    }
    found.forEach(entry -> out().println(entry.words()));
  }
}
