package io.buckbench.trial;

import io.buckbench.files.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The program that makes the numbers: a digest of its classes, so that a change of it shows. */
final class Program {
  /** Of every class and resource of this program, jar or directory. */
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
      throw new IllegalStateException("a class path that is no path", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
