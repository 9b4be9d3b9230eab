package io.buckbench.accepted;

import io.buckbench.files.CsvText;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.InputText;
import io.buckbench.input.Problems;
import io.buckbench.record.Declaration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The seeds in a suite's file of an earlier commit, whose columns this program may not know. */
public final class SuiteSeeds {
  private SuiteSeeds() {}

  /**
   * Replaces the seeds of some rows; everything else stays as it is declared. If a row is missing,
   * the file is not changed.
   *
   * @param file the suite's file; need not exist
   * @param seeds the seeds by the row's id
   * @return the ids of rows that the file does not have
   */
  public static List<String> replace(Path file, Map<String, List<Long>> seeds) {
    List<String> missing = new ArrayList<>(seeds.keySet());
    if (!Files.isRegularFile(file)) {
      return missing;
    }
    String text = InputText.read(file, "a suite", "check out another commit");
    String header =
        text.lines()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            .findFirst()
            .orElse("");
    List<String> columns = List.of(header.split("\\s*,\\s*"));
    Problems problems = new Problems();
    List<CsvRow> rows = CsvTable.parse(file, text, columns, List.of(), problems).rows();
    problems.throwIfAny();
    CsvText changed = new CsvText(columns);
    for (CsvRow row : rows) {
      Map<String, String> values = new LinkedHashMap<>(row.values());
      List<Long> fresh = seeds.get(row.text(Declaration.ID));
      if (fresh != null) {
        missing.remove(row.text(Declaration.ID));
        values.put(
            Declaration.SEEDS,
            fresh.stream().map(String::valueOf).collect(Collectors.joining(" ")));
      }
      changed.row(values.values());
    }
    if (missing.isEmpty()) {
      WholeFiles.write(file, changed.toString());
    }
    return missing;
  }
}
