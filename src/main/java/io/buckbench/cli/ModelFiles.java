package io.buckbench.cli;

import io.buckbench.checkpoint.hub.FetchLock;
import io.buckbench.checkpoint.hub.Hub;
import io.buckbench.checkpoint.hub.HubRepo;
import io.buckbench.files.Digests;
import io.buckbench.input.Problems;
import io.buckbench.suite.ModelEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A published model's files: fetched, or verified where they are. The digest in models.csv outranks
 * the lock's; the revision that was fetched first is the one that is fetched again.
 */
final class ModelFiles {
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
   * Puts the files into a directory unless they are there.
   *
   * @return what was done, for a person
   * @throws io.buckbench.input.InvalidInputException for files that are not what they must be
   */
  String fetchInto(Path directory) {
    if (Hub.OPT_FILES.stream().map(directory::resolve).allMatch(Files::isRegularFile)) {
      List<String> unknown = verify(directory, revision);
      return "the files are in "
          + directory
          + (unknown.isEmpty()
              ? ", verified"
              : "; " + String.join(", ", unknown) + " not verified: no digest is known");
    }
    Map<String, String> pins = new LinkedHashMap<>();
    Hub.OPT_FILES.forEach(file -> pins.put(file, pin(file).orElse("")));
    Path snapshot = hub.fetch(repo, revision, pins);
    Hub.link(snapshot, Hub.OPT_FILES, directory);
    String commit = snapshot.getFileName().toString();
    // What stood in the directory before stays, and need not be what was fetched.
    verify(directory, commit);
    return "the files of commit " + commit + " are in " + directory + ", verified";
  }

  /** Answers the files that nobody knows a digest of. */
  private List<String> verify(Path directory, String commit) {
    Problems problems = new Problems();
    List<String> unknown = new ArrayList<>();
    for (String name : Hub.OPT_FILES) {
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
