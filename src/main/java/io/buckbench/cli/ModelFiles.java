package io.buckbench.cli;

import io.buckbench.checkpoint.Checkpoint;
import io.buckbench.checkpoint.hub.FetchLock;
import io.buckbench.checkpoint.hub.Hub;
import io.buckbench.checkpoint.hub.HubRepo;
import io.buckbench.files.Digests;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.model.Families;
import io.buckbench.suite.ModelEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fetches the files of a published model, or verifies existing ones: its weights in whichever
 * format they are published, in one file or several. The digest in models.csv takes precedence over
 * the lock's. Without a revision in models.csv, the one of the first fetch is used.
 */
final class ModelFiles {
  private static final String CONFIG = "config.json";

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
    List<String> files = new ArrayList<>(withoutWeights(snapshot));
    hub.fetch(repo, commit, unpinned(files));
    files.addAll(weights(snapshot, commit));
    for (String file : Families.of(snapshot.resolve(CONFIG)).optionalFiles()) {
      if (hub.fetchIfThere(repo, commit, file, "")) {
        files.add(file);
      }
    }
    Hub.link(snapshot, files, directory);
    // Files that were in the directory before stay, and may differ from the fetched ones.
    verify(directory, commit);
    return "the files of commit " + commit + " are in " + directory + ", verified";
  }

  /** Fetches the weights in the family's format or, if it is not published, in another. */
  private List<String> weights(Path snapshot, String commit) {
    Set<String> formats =
        new LinkedHashSet<>(Families.of(snapshot.resolve(CONFIG)).publishedFiles());
    formats.retainAll(Checkpoint.names());
    formats.addAll(Checkpoint.names());
    for (String name : formats) {
      if (hub.fetchIfThere(repo, commit, name, pin(name).orElse(""))) {
        List<String> files = new ArrayList<>(List.of(name));
        if (Checkpoint.isIndex(name)) {
          List<String> shards = Checkpoint.shards(snapshot.resolve(name));
          hub.fetch(repo, commit, unpinned(shards));
          files.addAll(shards);
        }
        return files;
      }
    }
    throw new InvalidInputException(
        repo + " at " + commit,
        "no weight file",
        "one of " + String.join(", ", formats),
        "name another revision or model in models.csv");
  }

  private static Map<String, String> unpinned(List<String> files) {
    Map<String, String> pins = new LinkedHashMap<>();
    files.forEach(file -> pins.put(file, ""));
    return pins;
  }

  private static boolean isWhole(Path directory) {
    if (!Files.isRegularFile(directory.resolve(CONFIG))) {
      return false;
    }
    List<String> weights = Checkpoint.files(directory);
    return !weights.isEmpty()
        && Stream.of(withoutWeights(directory), weights)
            .flatMap(List::stream)
            .map(directory::resolve)
            .allMatch(Files::isRegularFile);
  }

  /** The required files of the model in a directory, except its weights. */
  private static List<String> withoutWeights(Path directory) {
    return Families.of(directory.resolve(CONFIG)).publishedFiles().stream()
        .filter(file -> !Checkpoint.names().contains(file))
        .toList();
  }

  /** The files of the model in a directory. */
  private static List<String> files(Path directory) {
    List<String> files = new ArrayList<>(withoutWeights(directory));
    files.addAll(Checkpoint.files(directory));
    Families.of(directory.resolve(CONFIG)).optionalFiles().stream()
        .filter(file -> Files.isRegularFile(directory.resolve(file)))
        .forEach(files::add);
    return files;
  }

  /** Verifies the files and returns those without a known digest. */
  private List<String> verify(Path directory, String commit) {
    Problems problems = new Problems();
    List<String> unknown = new ArrayList<>();
    for (String name : files(directory)) {
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

  /** The digest of the weight file, if models.csv has it; an index has none. */
  private Optional<String> pin(String file) {
    boolean weights = Checkpoint.names().contains(file) && !Checkpoint.isIndex(file);
    return Optional.of(model.sha256()).filter(sha -> weights && !sha.isEmpty());
  }
}
