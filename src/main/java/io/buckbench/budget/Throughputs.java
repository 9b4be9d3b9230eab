package io.buckbench.budget;

import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The throughputs of {@code benchmarks/throughput.csv}, by id, in the file's order. */
public final class Throughputs {
  /** The file's columns; {@code calibrate} writes rows of the same shape. */
  public static final List<String> COLUMNS =
      List.of(
          "id",
          "date",
          "device",
          "model",
          "method",
          "batch",
          "seconds_per_step",
          "load_seconds",
          "seconds_per_test_row",
          "source",
          "supersedes");

  private static final BigDecimal NANOSECOND = BigDecimal.valueOf(1, 9);

  private final Map<String, Throughput> byId = new LinkedHashMap<>();

  private Throughputs(List<Throughput> rows) {
    rows.forEach(row -> byId.put(row.id(), row));
  }

  /**
   * Reads every row.
   *
   * @throws io.buckbench.input.InvalidInputException with everything wrong in the file
   */
  public static Throughputs read(Path file) {
    Problems problems = new Problems();
    Throughputs throughputs = read(file, problems);
    problems.throwIfAny();
    return throughputs;
  }

  /** Reads every row that is right and notes what is wrong with the others. */
  public static Throughputs read(Path file, Problems problems) {
    CsvTable table = CsvTable.read(file, COLUMNS, List.of(), problems);
    table.requireUnique("id");
    Superseded superseded = new Superseded();
    return new Throughputs(table.map(row -> throughput(row, superseded)));
  }

  private static Throughput throughput(CsvRow row, Superseded superseded) {
    superseded.check(row);
    return new Throughput(
        row.required("id"),
        row.date("date"),
        row.required("device"),
        row.required("model"),
        row.required("method"),
        row.required("batch"),
        row.decimal("seconds_per_step", NANOSECOND),
        row.decimal("load_seconds", BigDecimal.ZERO),
        row.decimal("seconds_per_test_row", BigDecimal.ZERO),
        row.required("source"),
        row.text("supersedes"));
  }

  /** The row of an id, if there is one. */
  public Optional<Throughput> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * The newest speed that was measured on such a training, superseded ones left aside.
   *
   * @param device as price cards name it
   * @param rows of an optimiser step
   */
  public Optional<Throughput> measured(
      String device, String model, String method, String variant, int rows) {
    Set<String> superseded =
        byId.values().stream().map(Throughput::supersedes).collect(Collectors.toSet());
    return byId.values().stream()
        .filter(t -> !superseded.contains(t.id()) && t.covers(device, model, method, variant, rows))
        .reduce((earlier, later) -> later);
  }

  /** Every id. */
  public Collection<String> ids() {
    return byId.keySet();
  }

  /** Every row. */
  public Collection<Throughput> all() {
    return byId.values();
  }
}
