package io.buckbench.record;

import io.buckbench.files.Digests;
import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code SHA256SUMS} of all files in a folder, in the format of {@code sha256sum}. */
public final class Checksums {
  private static final String FILE = "SHA256SUMS";
  private static final String TODO = "delete the folder; it is recreated when needed";

  private Checksums() {}

  /** Writes the digests of all other files in the folder. */
  public static void write(Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Path file : files(folder)) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      lines.append(Digests.ofFile(file)).append("  ").append(name).append('\n');
    }
    Files.writeString(folder.resolve(FILE), lines);
  }

  /**
   * Verifies the digests of all files in a folder.
   *
   * @throws InvalidInputException for the first file that is missing or differs
   */
  public static void verify(Path folder) {
    Path sums = folder.resolve(FILE);
    try {
      if (!Files.isRegularFile(sums)) {
        throw damaged(sums, "no such file", "a digest of each file in the folder");
      }
      List<String> lines = Files.readAllLines(sums);
      for (String line : lines) {
        if (!line.matches("[0-9a-f]{64}  .+")) {
          throw damaged(sums, "'" + line + "'", "a digest, two spaces and a name");
        }
        Path file = folder.resolve(line.substring(66));
        if (!Files.isRegularFile(file)) {
          throw damaged(file, "no such file", "the file that SHA256SUMS lists");
        }
        String found = Digests.ofFile(file);
        if (!line.startsWith(found)) {
          throw damaged(file, "sha256 " + found, "sha256 " + line.substring(0, 64));
        }
      }
      if (lines.size() != files(folder).size()) {
        throw damaged(sums, lines.size() + " names", "one for each file in the folder");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  private static InvalidInputException damaged(Path where, String found, String expected) {
    return new InvalidInputException(where.toString(), found, expected, TODO);
  }

  private static List<Path> files(Path folder) {
    return Folders.files(folder).stream()
        .filter(file -> !file.equals(folder.resolve(FILE)))
        .toList();
  }
}
