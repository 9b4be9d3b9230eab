package io.buckbench.checkpoint.hub;

import io.buckbench.files.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * One repository in the cache, laid out as {@code huggingface_hub} does: content under {@code
 * blobs/<etag>}, files as links to it under {@code snapshots/<commit>/}, and under {@code
 * refs/<revision>} the commit that a branch or tag was last seen at.
 */
final class HubCache {
  private static final String COMMIT = "[0-9a-f]{40}";

  private final Path root;

  HubCache(Path cache, HubRepo repo) {
    this.root = cache.resolve(repo.directory());
  }

  /** Whether a revision names a commit, which never changes, and no branch or tag. */
  static boolean isCommit(String revision) {
    return revision.matches(COMMIT);
  }

  /** The commit of a revision as far as the cache knows. */
  Optional<String> commit(String revision) {
    if (isCommit(revision)) {
      return Optional.of(revision);
    }
    Path ref = root.resolve("refs").resolve(revision);
    try {
      return Files.isRegularFile(ref)
          ? Optional.of(Files.readString(ref).strip()).filter(HubCache::isCommit)
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(ref.toString(), e);
    }
  }

  /** Notes where a branch or tag stands. */
  void remember(String revision, String commit) {
    if (!isCommit(revision)) {
      Path ref = root.resolve("refs").resolve(revision);
      WholeFiles.write(ref, commit);
    }
  }

  /** Where the files of a commit are. */
  Path snapshot(String commit) {
    return root.resolve("snapshots").resolve(commit);
  }

  /** Where content is kept. */
  Path blob(String etag) {
    return root.resolve("blobs").resolve(etag);
  }

  /** Makes a file of a commit out of content. */
  Path link(String commit, String file, Path blob) {
    Path pointer = snapshot(commit).resolve(file);
    link(pointer, pointer.getParent().relativize(blob));
    return pointer;
  }

  /**
   * A link or, where links cannot be, a copy; what can be read there already stays.
   *
   * @param to absolute, or relative to the link's directory
   */
  static void link(Path pointer, Path to) {
    try {
      Files.createDirectories(pointer.getParent());
      if (Files.exists(pointer)) {
        return;
      }
      Files.deleteIfExists(pointer);
      try {
        Files.createSymbolicLink(pointer, to);
      } catch (UnsupportedOperationException | IOException e) {
        Files.copy(pointer.getParent().resolve(to), pointer, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(pointer.toString(), e);
    }
  }
}
