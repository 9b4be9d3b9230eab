package io.buckbench.trial;

import io.buckbench.files.Digests;
import io.buckbench.files.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** Identifies the program that computed a record, so that changes of it are seen. */
public final class Program {
  /** Digest of every class and resource of the program. */
  public static final String SHA256 = digest();

  private static final String COMMAND = "buckbench.command";

  private Program() {}

  /** The arguments of the command line that started this process or its parent; may be empty. */
  static String command() {
    return System.getProperty(COMMAND, "");
  }

  private static String digest() {
    try {
      return digest(
          Path.of(Program.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a code source that is not a file", e);
    }
  }

  /** Whether Maven adds a file to a jar that is not in the folder. */
  private static boolean isPackaging(Path file) {
    return file.startsWith("/META-INF/MANIFEST.MF") || file.startsWith("/META-INF/maven");
  }

  /**
   * The digest of a folder's files, or of a jar's: the same for a jar that was made from the
   * folder, so that a build and the command line use each other's records.
   */
  static String digest(Path code) {
    if (!Files.isRegularFile(code)) {
      return Digests.ofFiles(Folders.files(code));
    }
    try (FileSystem jar = FileSystems.newFileSystem(code)) {
      return Digests.ofFiles(
          Folders.files(jar.getPath("/")).stream().filter(file -> !isPackaging(file)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(code.toString(), e);
    }
  }
}
