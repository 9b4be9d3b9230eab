package io.buckbench.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files atomically: a file has either its whole new content or its old content. */
public final class WholeFiles {
  private WholeFiles() {}

  /** Writes a text as UTF-8. Replaces an existing file and creates missing parent folders. */
  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes in the same way. */
  public static void write(Path file, byte[] bytes) {
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      // createTempFile would create a file that only its owner can read.
      Path draft = folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".part");
      try {
        Files.write(draft, bytes, StandardOpenOption.CREATE_NEW);
        Files.move(
            draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
