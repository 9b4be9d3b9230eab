package io.buckbench.trial;

import io.buckbench.budget.CostMeter;
import io.buckbench.files.CsvText;
import io.buckbench.input.InputText;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.WeightDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The digest of each trained tensor after each step, as a CSV file in the folder of a trial's
 * record. The traces of two runs of a trial show after which step, and in which tensor, they first
 * differ. All trained values are read after each step; this time belongs to no phase of the trial.
 */
public final class WeightTrace {
  private static final String WANTED = "buckbench.trace";
  private static final String FILE = "weights.csv";
  private static final String HEADER = "step,tensor,sha256";

  private final Optional<Path> file;

  private WeightTrace(Optional<Path> file) {
    this.file = file;
  }

  /** The option of a JVM whose trials keep traces. */
  public static String option() {
    return "-D" + WANTED + "=true";
  }

  /** The trace of a trial, if this JVM keeps traces. */
  static WeightTrace of(Path folder) {
    return new WeightTrace(
        Boolean.getBoolean(WANTED) ? Optional.of(folder.resolve(FILE)) : Optional.empty());
  }

  /** Must be called after each step. */
  void stepped(int step, List<Parameter> trained, CostMeter meter) {
    if (file.isEmpty()) {
      return;
    }
    meter.pause();
    CsvText lines = step == 1 ? new CsvText(HEADER) : new CsvText();
    for (Parameter tensor : trained) {
      lines.row(step, tensor.name(), WeightDigest.of(List.of(tensor)));
    }
    try {
      Files.createDirectories(file.get().getParent());
      Files.writeString(
          file.get(), lines.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(file.get().toString(), e);
    }
    meter.resume();
  }

  /**
   * Two traces of a trial.
   *
   * @param compared how many states of tensors both have
   * @param first where they first differ
   */
  public record Comparison(int compared, Optional<Place> first) {}

  /** A tensor after a step. */
  public record Place(int step, String tensor) {}

  /** Compares the traces in the folders of two records; without traces nothing is compared. */
  public static Comparison compare(Path one, Path other) {
    List<String> a = lines(one.resolve(FILE));
    List<String> b = lines(other.resolve(FILE));
    int both = Math.min(a.size(), b.size());
    for (int i = 0; i < both; i++) {
      if (!a.get(i).equals(b.get(i))) {
        return new Comparison(both, Optional.of(place(a.get(i))));
      }
    }
    return new Comparison(both, Optional.empty());
  }

  private static List<String> lines(Path file) {
    return Files.isRegularFile(file)
        ? InputText.read(file, HEADER, "run the trial again").lines().skip(1).toList()
        : List.of();
  }

  private static Place place(String line) {
    int name = line.indexOf(',');
    return new Place(
        Integer.parseInt(line.substring(0, name)), line.substring(name + 1, line.lastIndexOf(',')));
  }
}
