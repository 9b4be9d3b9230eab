package io.buckbench.record;

import io.buckbench.files.Digests;
import io.buckbench.files.Folders;
import io.buckbench.input.InputPath;
import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
    if (!Files.isRegularFile(sums)) {
      throw damaged(sums, "no such file", "a digest of each file in the folder");
    }
    List<String> lines = InputText.read(sums, "a digest of each file", TODO).lines().toList();
    Set<Path> listed = new HashSet<>();
    for (String line : lines) {
      if (!line.matches("[0-9a-f]{64}  .+")) {
        throw damaged(sums, "'" + line + "'", "a digest, two spaces and a name");
      }
      Path file = InputPath.in(folder, sums.toString(), line.substring(66)).normalize();
      if (!file.startsWith(folder.normalize())) {
        throw damaged(sums, "'" + line.substring(66) + "'", "a file in the folder");
      }
      listed.add(file);
      if (!Files.isRegularFile(file)) {
        throw damaged(file, "no such file", "the file that SHA256SUMS lists");
      }
      String found = Digests.ofFile(file);
      if (!line.startsWith(found)) {
        throw damaged(file, "sha256 " + found, "sha256 " + line.substring(0, 64));
      }
    }
    for (Path file : files(folder)) {
      if (!listed.contains(file.normalize())) {
        throw damaged(sums, "no digest of " + file.getFileName(), "one for each file");
      }
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
