package io.buckbench.budget;

import io.buckbench.files.CsvText;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.input.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes rows of {@code benchmarks/throughput.csv}: at its end, for a row is never edited. */
public final class ThroughputFile {
  private ThroughputFile() {}

  /** The header and a line for each row, as a file of its own. */
  public static String text(List<Throughput> rows) {
    return lines(new CsvText(Throughputs.COLUMNS), rows);
  }

  private static String lines(CsvText csv, List<Throughput> rows) {
    for (Throughput row : rows) {
      csv.row(
          row.id(),
          row.date(),
          row.device(),
          row.model(),
          row.method(),
          row.batch(),
          row.secondsPerStep().toPlainString(),
          row.loadSeconds().toPlainString(),
          row.secondsPerTestRow().toPlainString(),
          row.source(),
          row.supersedes());
    }
    return csv.toString();
  }

  /**
   * Makes sure that ids are new, before anything is measured for them.
   *
   * @throws InvalidInputException naming each that is not
   */
  public static void requireNew(Path file, Throughputs there, List<String> ids) {
    Problems problems = new Problems();
    for (String id : ids) {
      if (there.find(id).isPresent()) {
        problems.add(
            file.toString(),
            "a row '" + id + "' already",
            "an id that was never used, since a row is never edited",
            "give another --id-prefix");
      }
    }
    problems.throwIfAny();
  }

  /**
   * Adds rows below what is there, all or none.
   *
   * @throws InvalidInputException if an id is there already, or a row supersedes what is not
   */
  public static void append(Path file, List<Throughput> rows) {
    Throughputs there = Throughputs.read(file);
    requireNew(file, there, rows.stream().map(Throughput::id).toList());
    List<String> above = new ArrayList<>(there.ids());
    for (Throughput row : rows) {
      if (!row.supersedes().isEmpty() && !above.contains(row.supersedes())) {
        throw new InvalidInputException(
            file + " row " + row.id() + " column supersedes",
            "'" + row.supersedes() + "'",
            "the id of a row above, or nothing",
            Suggestion.todo(row.supersedes(), above));
      }
      above.add(row.id());
    }
    try {
      String text = Files.readString(file);
      String end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
      WholeFiles.write(file, text + end + lines(new CsvText(), rows));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /**
   * Makes sure that a file can be written, before anything is measured for it.
   *
   * @throws InvalidInputException if it is there already, or its folder is not
   */
  public static void requireFree(Path file) {
    if (Files.exists(file)) {
      throw new InvalidInputException(
          file.toString(), "a file already", "a new file", "name another, or move it away");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          file.toString(), "no directory " + folder, "a directory to write into", "make it first");
    }
  }

  /**
   * Writes a new file; what its rows supersede stands in the file that they are meant for.
   *
   * @throws InvalidInputException if it is there already
   */
  public static void create(Path file, List<Throughput> rows) {
    requireFree(file);
    WholeFiles.write(file, text(rows));
  }
}
