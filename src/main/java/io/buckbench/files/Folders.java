package io.buckbench.files;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Lists, copies and deletes folders, and measures free disk space. */
public final class Folders {
  private Folders() {}

  /** All files below a folder, sorted; empty if the folder does not exist. */
  public static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  /** Copies all files below a folder to another folder. */
  public static void copy(Path from, Path to) {
    for (Path file : files(from)) {
      Path target = to.resolve(from.relativize(file));
      try {
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      } catch (IOException e) {
        throw new UncheckedIOException(target.toString(), e);
      }
    }
  }

  /** Deletes a folder and everything in it; does nothing if the folder does not exist. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // It did not exist, or was moved away in the meantime.
    }
  }

  /**
   * Requires, before work that ends with writing, that a folder exists or can be made.
   *
   * @param where what names the folder, for the error
   * @throws InvalidInputException if it cannot be made or written to
   */
  public static void requireWritable(String where, Path folder) {
    Path there = folder.toAbsolutePath().normalize();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      throw new InvalidInputException(
          where,
          "'"
              + folder
              + "', below "
              + there
              + (Files.isDirectory(there) ? ", which is read-only" : ", which is a file"),
          "a folder that can be made and written to",
          "name another one, or make room for it");
    }
  }

  /** Makes the operating system write a folder's files to the disk, so that they survive it. */
  public static void force(Path folder) throws IOException {
    for (Path file : files(folder)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  /** Bytes available on the disk of a folder; the folder need not exist yet. */
  public static long usableBytes(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    try {
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(there.toString(), e);
    }
  }
}
