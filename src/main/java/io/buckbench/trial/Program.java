package io.buckbench.trial;

import io.buckbench.files.Digests;
import io.buckbench.files.Folders;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Identifies the program that computed a record, so that changes of it are seen. */
final class Program {
  /** Digest of the program's jar, or of every class and resource in its directory. */
  static final String SHA256 = digest();

  private Program() {}

  private static String digest() {
    try {
      Path code =
          Path.of(Program.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Files.isRegularFile(code)
          ? Digests.ofFile(code)
          : Digests.ofFiles(Folders.files(code));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a code source that is not a file", e);
    }
  }
}
