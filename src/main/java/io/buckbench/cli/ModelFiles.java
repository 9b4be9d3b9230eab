package io.buckbench.cli;

import io.buckbench.checkpoint.hub.FetchLock;
import io.buckbench.checkpoint.hub.Hub;
import io.buckbench.checkpoint.hub.HubRepo;
import io.buckbench.files.Digests;
import io.buckbench.input.Problems;
import io.buckbench.model.Families;
import io.buckbench.suite.ModelEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches the files of a published model, or verifies existing ones. The digest in models.csv takes
 * precedence over the lock's. Without a revision in models.csv, the one of the first fetch is used.
 */
final class ModelFiles {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "pytorch_model.bin";

  private final ModelEntry model;
  private final Hub hub;
  private final FetchLock lock;
  private final HubRepo repo;
  private final String revision;

  ModelFiles(ModelEntry model, Hub hub, FetchLock lock) {
    this.model = model;
    this.hub = hub;
    this.lock = lock;
    this.repo = new HubRepo(model.hub());
    this.revision =
        model.revision().isEmpty()
            ? lock.revision(repo.toString()).orElse("main")
            : model.revision();
  }

  /**
   * Puts the files into a directory, unless it contains them all.
   *
   * @return what was done, as text
   * @throws io.buckbench.input.InvalidInputException if a file has a wrong digest
   */
  String fetchInto(Path directory) {
    if (isWhole(directory)) {
      List<String> unknown = verify(directory, revision);
      return "the files are in "
          + directory
          + (unknown.isEmpty()
              ? ", verified"
              : "; " + String.join(", ", unknown) + " not verified: no digest is known");
    }
    // The config names the family, which determines the other files.
    Path snapshot = hub.fetch(repo, revision, Map.of(CONFIG, ""));
    String commit = snapshot.getFileName().toString();
    List<String> files = published(snapshot);
    Map<String, String> pins = new LinkedHashMap<>();
    files.forEach(file -> pins.put(file, pin(file).orElse("")));
    hub.fetch(repo, commit, pins);
    Hub.link(snapshot, files, directory);
    // Files that were in the directory before stay, and may differ from the fetched ones.
    verify(directory, commit);
    return "the files of commit " + commit + " are in " + directory + ", verified";
  }

  private static boolean isWhole(Path directory) {
    return Files.isRegularFile(directory.resolve(CONFIG))
        && published(directory).stream().map(directory::resolve).allMatch(Files::isRegularFile);
  }

  /** The files that the family of the model in a directory is published with. */
  private static List<String> published(Path directory) {
    return Families.of(directory.resolve(CONFIG)).publishedFiles();
  }

  /** Verifies the files and returns those without a known digest. */
  private List<String> verify(Path directory, String commit) {
    Problems problems = new Problems();
    List<String> unknown = new ArrayList<>();
    for (String name : published(directory)) {
      Optional<String> held = pin(name).or(() -> lock.sha256(repo.toString(), commit, name));
      Path file = directory.resolve(name);
      String found = Digests.ofFile(file);
      if (held.isEmpty()) {
        unknown.add(name);
      } else if (!held.get().equals(found)) {
        problems.add(
            file.toString(),
            "sha256 " + found,
            "sha256 " + held.get() + ", as " + (pin(name).isPresent() ? "pinned" : "locked"),
            "move the file away and fetch " + model.id() + " again");
      }
    }
    problems.throwIfAny();
    return unknown;
  }

  private Optional<String> pin(String file) {
    return Optional.of(model.sha256()).filter(sha -> file.equals(WEIGHTS) && !sha.isEmpty());
  }
}
