package io.buckbench.data.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The control task as the shipped files {@code train}, {@code validation}, {@code test.jsonl}. */
public final class ControlFiles {
  private static final List<String> SPLITS = List.of("train", "validation", "test");

  private ControlFiles() {}

  /**
   * Generates the shipped task anew, byte for byte.
   *
   * @param directory where the three files go; made if it is missing
   */
  public static void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    List<List<ControlRow>> splits = ControlTask.generate(ControlTask.SEED, ControlTask.SIZES);
    for (int i = 0; i < SPLITS.size(); i++) {
      Path file = directory.resolve(SPLITS.get(i) + ".jsonl");
      Files.writeString(file, jsonLines(splits.get(i)), StandardCharsets.UTF_8);
    }
  }

  /** Rows as JSON lines, each with a line feed behind. */
  static String jsonLines(List<ControlRow> rows) {
    StringBuilder lines = new StringBuilder();
    rows.forEach(row -> lines.append(row.toJson()).append('\n'));
    return lines.toString();
  }
}
