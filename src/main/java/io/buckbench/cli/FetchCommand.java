package io.buckbench.cli;

import io.buckbench.checkpoint.hub.FetchLock;
import io.buckbench.checkpoint.hub.Hub;
import io.buckbench.checkpoint.hub.HubSettings;
import io.buckbench.data.SuperGlueBoolQ;
import io.buckbench.input.Problems;
import io.buckbench.input.Suggestion;
import io.buckbench.suite.ModelEntry;
import io.buckbench.suite.Models;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code fetch NAME...}: models and data sets from their public homes. What is there already is
 * verified and asked of nobody.
 */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = {
      "Fetch models of models.csv, and boolq, or verify the files that are there.",
      "A broken transfer is taken up where it broke. Files of models lie in the cache of"
          + " huggingface_hub and are linked from there. HF_TOKEN, HF_ENDPOINT, HF_HOME,"
          + " HF_HUB_CACHE, HF_HUB_OFFLINE and the proxy variables are honoured."
    })
final class FetchCommand implements Callable<Integer> {
  private static final String BOOLQ = "boolq";

  private final Map<String, String> environment;
  private final URI archive;
  private final SuperGlueBoolQ rows;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "a model's id, or boolq")
  private List<String> names;

  @Mixin private ProjectFolders project;

  FetchCommand() {
    this(System.getenv(), URI.create(SuperGlueBoolQ.ADDRESS), SuperGlueBoolQ.PUBLISHED);
  }

  /**
   * @param environment the hub's variables
   * @param archive where BoolQ's archive is
   * @param rows what must be in it
   */
  FetchCommand(Map<String, String> environment, URI archive, SuperGlueBoolQ rows) {
    this.environment = environment;
    this.archive = archive;
    this.rows = rows;
  }

  @Override
  public Integer call() {
    Problems problems = new Problems();
    Models models = Models.read(project.benchmark("models.csv"), project.root(), problems);
    requireKnown(models, problems);
    problems.throwIfAny();
    HubSettings settings = HubSettings.of(environment, Path.of(System.getProperty("user.home")));
    FetchLock lock = FetchLock.read(project.benchmark("fetch.lock"));
    try (FetchProgress progress = new FetchProgress()) {
      Hub hub = new Hub(settings, lock, progress);
      for (String name : names) {
        String told =
            name.equals(BOOLQ) ? boolq(hub) : model(hub, lock, models.find(name).orElseThrow());
        spec.commandLine().getOut().println(name + ": " + told);
      }
    }
    return BuckBench.OK;
  }

  private void requireKnown(Models models, Problems problems) {
    List<String> known = new ArrayList<>(List.of(BOOLQ));
    models.ids().stream()
        .filter(id -> !models.find(id).orElseThrow().hub().isEmpty())
        .forEach(known::add);
    for (String name : names) {
      if (!known.contains(name)) {
        problems.add(
            "fetch",
            "'" + name + "'",
            "boolq, or a model of models.csv that has a hub",
            Suggestion.todo(name, known));
      }
    }
  }

  private String model(Hub hub, FetchLock lock, ModelEntry model) {
    String told = new ModelFiles(model, hub, lock).fetchInto(project.modelDirectory(model));
    return told + " (licence: " + model.licence() + ")";
  }

  private String boolq(Hub hub) {
    Path folder = project.datasets().resolve(BOOLQ);
    if (rows.isIn(folder)) {
      return "train.jsonl and validation.jsonl are in "
          + folder
          + ", verified (licence: CC BY-SA 3.0)";
    }
    Path zip = hub.download(archive, folder.resolve("BoolQ.zip"));
    try {
      rows.unpack(zip, folder);
    } finally {
      delete(zip);
    }
    return "wrote train.jsonl and validation.jsonl to "
        + folder
        + ", verified (licence: CC BY-SA 3.0)";
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
