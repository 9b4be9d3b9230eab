package io.buckbench.budget;

import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The throughputs of {@code benchmarks/throughput.csv}, by id, in the order of the file. */
public final class Throughputs extends AppendOnlyTable<Throughput> {
  /** The columns of the file, and of the rows that {@code calibrate} writes. */
  public static final List<String> COLUMNS =
      List.of(
          ("id,date,device,model,method,batch,seconds_per_step,load_seconds,"
                  + "seconds_per_test_row,source,supersedes,calibration,machine,threads,workers")
              .split(","));

  private static final BigDecimal NANOSECOND = BigDecimal.valueOf(1, 9);

  private Throughputs(Path file, Problems problems) {
    super(CsvTable.readIfThere(file, COLUMNS, List.of(), problems), Throughputs::throughput);
  }

  /**
   * Reads the file; no file is no throughput.
   *
   * @throws io.buckbench.input.InvalidInputException with all problems of the file
   */
  public static Throughputs read(Path file) {
    Problems problems = new Problems();
    Throughputs throughputs = read(file, problems);
    problems.throwIfAny();
    return throughputs;
  }

  /** Reads every valid row and reports the problems of the others. */
  public static Throughputs read(Path file, Problems problems) {
    return new Throughputs(file, problems);
  }

  private static Throughput throughput(CsvRow row) {
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
        row.text("supersedes"),
        origin(row));
  }

  private static Optional<SpeedOrigin> origin(CsvRow row) {
    if (row.isEmpty("calibration")) {
      return Optional.empty();
    }
    return Optional.of(
        new SpeedOrigin(
            row.text("calibration"),
            row.required("machine"),
            row.integer("threads", 1, 4096),
            row.integer("workers", 1, 4096)));
  }

  /**
   * The newest throughput that was measured on such a training and is not superseded.
   *
   * @param device the device, as price cards name it
   * @param rows the training rows of an optimiser step
   */
  public Optional<Throughput> measured(
      String device, String model, String method, String variant, int rows) {
    Set<String> superseded = all().stream().map(Throughput::supersedes).collect(Collectors.toSet());
    return all().stream()
        .filter(t -> !superseded.contains(t.id()) && t.covers(device, model, method, variant, rows))
        .reduce((earlier, later) -> later);
  }
}
