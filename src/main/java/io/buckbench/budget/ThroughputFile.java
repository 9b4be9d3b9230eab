package io.buckbench.budget;

import io.buckbench.files.CsvText;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.input.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes rows of {@code benchmarks/throughput.csv}; a row is appended and never edited. */
public final class ThroughputFile {
  private ThroughputFile() {}

  /** The content of a new file: the header and the rows. */
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
          row.secondsPerTestItem().toPlainString(),
          row.source(),
          row.supersedes(),
          row.origin().map(SpeedOrigin::calibration).orElse(""),
          row.origin().map(SpeedOrigin::machine).orElse(""),
          row.origin().map(o -> "" + o.threads()).orElse(""),
          row.origin().map(o -> "" + o.workers()).orElse(""));
    }
    return csv.toString();
  }

  /**
   * Checks that ids are new, before anything is measured for them.
   *
   * @throws InvalidInputException naming each id that exists already
   */
  public static void requireNew(Path file, Throughputs existing, List<String> ids) {
    Problems problems = new Problems();
    for (String id : ids) {
      if (existing.find(id).isPresent()) {
        problems.add(
            file.toString(),
            "a row '" + id + "' already",
            "an id that was never used, because rows are never edited",
            "give another --id-prefix");
      }
    }
    problems.throwIfAny();
  }

  /**
   * Appends rows, either all of them or none.
   *
   * @throws InvalidInputException if an id exists already, or a row supersedes an unknown one
   */
  public static void append(Path file, List<Throughput> rows) {
    Throughputs existing = Throughputs.read(file);
    requireNew(file, existing, rows.stream().map(Throughput::id).toList());
    List<String> above = new ArrayList<>(existing.ids());
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
    String text = InputText.read(file, "recorded speeds", "restore the file");
    String end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    WholeFiles.write(file, text + end + lines(new CsvText(), rows));
  }

  /**
   * Checks that a new file can be written, before anything is measured for it.
   *
   * @throws InvalidInputException if it exists already, or its folder does not
   */
  public static void requireFree(Path file) {
    if (Files.exists(file)) {
      throw new InvalidInputException(
          file.toString(), "a file already", "a new file", "name another, or move it away");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          file.toString(),
          "no directory " + folder,
          "a directory to write into",
          "create it first");
    }
  }

  /**
   * Writes a new file. Its rows may supersede rows of the file that they will be added to.
   *
   * @throws InvalidInputException if it exists already
   */
  public static void create(Path file, List<Throughput> rows) {
    requireFree(file);
    WholeFiles.write(file, text(rows));
  }
}
