package io.buckbench.checkpoint.hub;

import io.buckbench.files.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * One repository in the cache, in the layout of {@code huggingface_hub}: contents in {@code
 * blobs/<etag>}, files as links to them in {@code snapshots/<commit>/}, and in {@code
 * refs/<revision>} the last known commit of a branch or tag.
 */
final class HubCache {
  private static final String COMMIT = "[0-9a-f]{40}";

  private final Path root;

  HubCache(Path cache, HubRepo repo) {
    this.root = cache.resolve(repo.directory());
  }

  /** Whether a revision names a commit, which never changes, rather than a branch or tag. */
  static boolean isCommit(String revision) {
    return revision.matches(COMMIT);
  }

  /** The commit of a revision; empty for a branch or tag that is not in the cache. */
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

  /** Records the commit of a branch or tag. */
  void remember(String revision, String commit) {
    if (!isCommit(revision)) {
      WholeFiles.write(root.resolve("refs").resolve(revision), commit);
    }
  }

  /** The directory of a commit. */
  Path snapshot(String commit) {
    return root.resolve("snapshots").resolve(commit);
  }

  /** The file with the content of an ETag. */
  Path blob(String etag) {
    return root.resolve("blobs").resolve(etag);
  }

  /** Adds a file with the given content to a commit. */
  Path link(String commit, String file, Path blob) {
    Path pointer = snapshot(commit).resolve(file);
    link(pointer, pointer.getParent().relativize(blob));
    return pointer;
  }

  /**
   * Creates a link or, where links are not possible, a copy. An existing readable file stays.
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
