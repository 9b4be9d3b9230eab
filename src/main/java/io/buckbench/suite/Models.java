package io.buckbench.suite;

import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.InputPath;
import io.buckbench.input.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The base models of {@code benchmarks/models.csv}, by id, in the file's order. */
public final class Models {
  /** The file's columns. */
  public static final List<String> COLUMNS =
      List.of("id", "directory", "hub", "revision", "sha256", "licence", "note");

  private final Map<String, ModelEntry> byId = new LinkedHashMap<>();

  private Models() {}

  /**
   * Reads every valid row and notes the problems of the others; no file is no model. The models'
   * files need not exist, since a plan does not need them.
   *
   * @param root base of relative directories
   */
  public static Models read(Path file, Path root, Problems problems) {
    CsvTable table = CsvTable.readIfThere(file, COLUMNS, List.of(), problems);
    table.requireUnique("id");
    Models models = new Models();
    table.map(row -> entry(row, root)).forEach(entry -> models.byId.put(entry.id(), entry));
    return models;
  }

  /** The same models; those with a folder of their id in the given folder use that directory. */
  Models in(Path folder) {
    Models moved = new Models();
    byId.forEach(
        (id, entry) -> {
          Path there = InputPath.child(folder, "models.csv row " + id, id);
          moved.byId.put(id, Files.isDirectory(there) ? entry.at(there) : entry);
        });
    return moved;
  }

  private static ModelEntry entry(CsvRow row, Path root) {
    String sha256 = row.text("sha256");
    if (!sha256.isEmpty() && !sha256.matches("[0-9a-f]{64}")) {
      row.problem("sha256", "'" + sha256 + "'", "64 hexadecimal digits", "write it in lower case");
    }
    String id = row.required("id");
    if (!InputPath.isPlain(id)) {
      row.problem("id", "'" + id + "'", "a plain name, since it is that of a folder", "rename it");
    }
    return new ModelEntry(
        id,
        InputPath.in(root, row.where("directory"), row.required("directory")),
        row.text("hub"),
        row.text("revision"),
        sha256,
        row.required("licence"));
  }

  /** The model with an id, if there is one. */
  public Optional<ModelEntry> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Every id. */
  public Collection<String> ids() {
    return byId.keySet();
  }
}
