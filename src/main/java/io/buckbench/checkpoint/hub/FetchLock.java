package io.buckbench.checkpoint.hub;

import io.buckbench.files.WholeFiles;
import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Digests of files that are not pinned: one line per file, written when the file is first fetched
 * and required from then on. Lines are {@code <sha256> <source> <revision> <file>}, sorted, and
 * meant to be committed.
 */
public final class FetchLock {
  private static final String HEAD =
      "# Digests of files at their first fetch. To accept other content of a file, delete its line.";

  private final Path file;
  private final Map<String, String> sha256ByKey = new TreeMap<>();

  private FetchLock(Path file) {
    this.file = file;
  }

  /**
   * Reads the lines; a missing file has none.
   *
   * @throws InvalidInputException naming each malformed line
   */
  public static FetchLock read(Path file) {
    FetchLock lock = new FetchLock(file);
    if (!Files.exists(file)) {
      return lock;
    }
    Problems problems = new Problems();
    List<String> lines =
        InputText.read(file, "a line for each file", "restore the file").lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      boolean good = line.matches("[0-9a-f]{64}  \\S+ \\S+ \\S+");
      if (!good || lock.sha256ByKey.put(line.substring(66), line.substring(0, 64)) != null) {
        problems.add(
            file + ":" + (i + 1),
            good ? "a file for the second time" : line,
            "<sha256>  <source> <revision> <file>, each file once",
            "delete the line");
      }
    }
    problems.throwIfAny();
    return lock;
  }

  /** The required digest, if the file was fetched before. */
  public Optional<String> sha256(String source, String revision, String name) {
    return Optional.ofNullable(sha256ByKey.get(key(source, revision, name)));
  }

  /**
   * The revision at which a source was first fetched, so that later fetches do not follow a branch.
   */
  public Optional<String> revision(String source) {
    return sha256ByKey.keySet().stream()
        .filter(key -> key.startsWith(source + " "))
        .map(key -> key.split(" ")[1])
        .findFirst();
  }

  /**
   * Records the digest of a file on first use.
   *
   * @throws InvalidInputException if another digest is recorded
   */
  public void hold(String source, String revision, String name, String sha256) {
    String key = key(source, revision, name);
    String locked = sha256ByKey.putIfAbsent(key, sha256);
    if (locked == null) {
      write();
    } else if (!locked.equals(sha256)) {
      throw new InvalidInputException(
          file + " " + key,
          "sha256 " + sha256,
          "sha256 " + locked,
          "find out why it changed; to accept the new content, delete the line");
    }
  }

  private static String key(String source, String revision, String name) {
    return source + " " + revision + " " + name;
  }

  private void write() {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    sha256ByKey.forEach((key, sha256) -> text.append(sha256 + "  " + key + "\n"));
    WholeFiles.write(file, text.toString());
  }
}
