package io.buckbench.cli;

import io.buckbench.checkpoint.hub.FetchLock;
import io.buckbench.checkpoint.hub.Hub;
import io.buckbench.checkpoint.hub.HubSettings;
import io.buckbench.data.SuperGlueBoolQ;
import io.buckbench.input.Problems;
import io.buckbench.input.Suggestion;
import io.buckbench.suite.ModelEntry;
import io.buckbench.suite.Models;
import io.buckbench.suite.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code fetch NAME...}: fetches published models and data sets. Existing files are verified,
 * without a request to a server.
 */
@Command(
    name = "fetch",
    description = {
      "Fetch models in models.csv, and boolq, or verify existing files.",
      "Interrupted transfers are resumed. The files of models are in the cache of huggingface_hub"
          + " and linked from there. HF_TOKEN, HF_ENDPOINT, HF_HOME, HF_HUB_CACHE, HF_HUB_OFFLINE"
          + " and the proxy variables are used."
    })
final class FetchCommand extends Subcommand {
  private static final String BOOLQ = "boolq";

  private final Map<String, String> environment;
  private final URI archive;
  private final SuperGlueBoolQ published;

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "a model's id, or boolq")
  private List<String> names;

  @Mixin private ProjectFolders folders;

  FetchCommand() {
    this(System.getenv(), URI.create(SuperGlueBoolQ.ADDRESS), SuperGlueBoolQ.PUBLISHED);
  }

  /**
   * For tests.
   *
   * @param environment the environment variables
   * @param archive address of BoolQ's archive
   * @param published the expected content of the archive
   */
  FetchCommand(Map<String, String> environment, URI archive, SuperGlueBoolQ published) {
    this.environment = environment;
    this.archive = archive;
    this.published = published;
  }

  @Override
  public Integer call() {
    Problems problems = new Problems();
    Project project = folders.project();
    Models models = Models.read(project.declaration("models.csv"), project.root(), problems);
    requireKnown(models, problems);
    problems.throwIfAny();
    HubSettings settings = HubSettings.of(environment, Path.of(System.getProperty("user.home")));
    FetchLock lock = FetchLock.read(project.declaration("fetch.lock"));
    try (FetchProgress progress = new FetchProgress()) {
      Hub hub = new Hub(settings, lock, progress);
      for (String name : names) {
        String done =
            name.equals(BOOLQ) ? boolq(hub) : model(hub, lock, models.find(name).orElseThrow());
        out().println(name + ": " + done);
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
            "boolq, or a model in models.csv that has a hub",
            Suggestion.todo(name, known));
      }
    }
  }

  private String model(Hub hub, FetchLock lock, ModelEntry model) {
    String done = new ModelFiles(model, hub, lock).fetchInto(folders.project().directory(model));
    return done + " (licence: " + model.licence() + ")";
  }

  private String boolq(Hub hub) {
    Path folder = folders.project().datasets().resolve(BOOLQ);
    boolean present = published.isIn(folder);
    if (!present) {
      Path zip = hub.download(archive, folder.resolve("BoolQ.zip"));
      try {
        published.unpack(zip, folder);
      } finally {
        delete(zip);
      }
    }
    return (present ? "found" : "wrote")
        + " train.jsonl and validation.jsonl in "
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
