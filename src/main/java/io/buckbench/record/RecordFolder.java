package io.buckbench.record;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;

/**
 * The folder of one trial's record. A record that replaces another is first moved next to it, to
 * {@code <folder>.new}, then takes its place. From the first move on readers use the new record, so
 * they find the old one or the new one at every moment, also if the process that replaces it is
 * killed between two moves. The next replacement completes such a half of one.
 *
 * @param folder the record's place
 */
record RecordFolder(Path folder) {
  private static final String INCOMING = ".new";

  /** Each attempt fails only if the record was replaced meanwhile. */
  private static final int MOST_ATTEMPTS = 10;

  /**
   * A folder at one moment.
   *
   * @param key identifies the folder even after it was moved; null where the system has none. A
   *     file system gives the key of a deleted folder to a new one, so the times are compared too
   */
  private record Found(Path folder, Object key, FileTime created, FileTime modified) {}

  /** The name of a record's place, from the name of a folder in which its files may be. */
  static String placeOf(String name) {
    return name.endsWith(INCOMING) ? name.substring(0, name.length() - INCOMING.length()) : name;
  }

  /**
   * The record, if there is one.
   *
   * @throws InvalidInputException if its files are damaged
   */
  Optional<RunRecord> read() {
    for (int attempt = 1; ; attempt++) {
      Optional<Found> found = find();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try {
        RunRecord record = RunFiles.read(found.get().folder());
        if (attempt == MOST_ATTEMPTS || find().equals(found)) {
          return Optional.of(record);
        }
      } catch (InvalidInputException | UncheckedIOException e) {
        if (attempt == MOST_ATTEMPTS || find().equals(found)) {
          throw e;
        }
      }
    }
  }

  private Optional<Found> find() {
    // Another process may move the folders between two looks.
    for (int look = 1; look <= MOST_ATTEMPTS; look++) {
      for (Path place : new Path[] {incoming(), folder}) {
        try {
          BasicFileAttributes attributes = Files.readAttributes(place, BasicFileAttributes.class);
          if (attributes.isDirectory()) {
            return Optional.of(
                new Found(
                    place,
                    attributes.fileKey(),
                    attributes.creationTime(),
                    attributes.lastModifiedTime()));
          }
        } catch (IOException e) {
          // It is not there.
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Moves a complete record here. The caller makes sure that no other process does so meanwhile.
   *
   * @param old a free name for an earlier record, which the caller deletes
   * @param unfinished a free name for the record before that, if a killed process left it
   */
  void replaceBy(Path draft, Path old, Path unfinished) throws IOException {
    Files.createDirectories(Objects.requireNonNull(folder.getParent(), "a store's folder"));
    completeReplacement(unfinished);
    if (Files.isDirectory(folder)) {
      Files.move(draft, incoming(), StandardCopyOption.ATOMIC_MOVE);
      completeReplacement(old);
    } else {
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void completeReplacement(Path old) throws IOException {
    if (!Files.isDirectory(incoming())) {
      return;
    }
    if (Files.isDirectory(folder)) {
      Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(incoming(), folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path incoming() {
    return folder.resolveSibling(folder.getFileName() + INCOMING);
  }
}
