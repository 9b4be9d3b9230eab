package io.buckbench.trial;

import io.buckbench.files.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Identifies the program that computed a record, so that changes of it are seen. */
final class Program {
  /** Digest of the program's jar, or of every class and resource in its directory. */
  static final String SHA256 = digest();

  private Program() {}

  private static String digest() {
    try {
      Path code =
          Path.of(Program.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(code)) {
        return Digests.ofFile(code);
      }
      try (Stream<Path> files = Files.walk(code)) {
        List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
        return Digests.ofFiles(all);
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a code source that is not a file", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
