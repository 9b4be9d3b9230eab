package io.buckbench.tensor;

import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The kernels that some work would launch on a GPU, also if it runs on a CPU: the calls of
 * PyTorch's operators, times the launches of each in the table {@code launches.csv} of this
 * package. The table was read in PyTorch's sources and describes its CUDA kernels; it was not
 * measured on a GPU.
 *
 * @param byOperator launches of each operator that launches any, in alphabetical order
 */
public record Launches(Map<String, Long> byOperator) {
  private static final String TABLE = "launches.csv";
  private static final String INNER = "inner";
  private static final String LISTS = "lists ";

  /** Tensors that one kernel concatenates. */
  private static final int JOINED = 128;

  /** The column {@code launches} by operator. */
  private static final Map<String, String> RULES = rules();

  /** A result whose map cannot be changed. */
  public Launches {
    byOperator = Collections.unmodifiableMap(new TreeMap<>(byOperator));
  }

  /**
   * Counts the launches of some work.
   *
   * @param updated number of elements of each tensor that the optimiser updates, in its order;
   *     determines the launches of operators on lists of tensors
   * @throws InvalidInputException if the table lacks an operator that was called
   */
  public static Launches of(Runnable work, long... updated) {
    Problems problems = new Problems();
    Map<String, Long> launches = new TreeMap<>();
    Trace trace = Trace.of(work);
    for (String operator : trace.outermost(name -> INNER.equals(RULES.get(name)))) {
      launches.merge(operator, 1L, Long::sum);
    }
    launches.replaceAll(
        (operator, calls) -> {
          String rule = RULES.get(operator);
          if (rule == null) {
            problems.add(
                TABLE,
                "no row for " + operator,
                "a row for each operator",
                "read it up and add it");
            return 0L;
          }
          return calls * launches(rule, updated);
        });
    problems.throwIfAny();
    launches.values().removeIf(count -> count == 0);
    return new Launches(launches);
  }

  /** The sum over all operators. */
  public long total() {
    return byOperator.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What remains after a part of the work is subtracted. */
  public Launches minus(Launches part) {
    Map<String, Long> rest = new LinkedHashMap<>(byOperator);
    part.byOperator.forEach((operator, count) -> rest.merge(operator, -count, Long::sum));
    rest.values().removeIf(count -> count == 0);
    return new Launches(rest);
  }

  private static long launches(String rule, long[] updated) {
    long results = ceilDiv(updated.length, MultiTensor.MOST_TENSORS[1]);
    return switch (rule) {
      case "counters" -> results;
      case "norms" -> {
        long furtherJoins = ceilDiv(updated.length, JOINED) - 1;
        yield 1 + MultiTensor.launches(1, updated) + results + furtherJoins;
      }
      default ->
          rule.startsWith(LISTS)
              ? MultiTensor.launches(Integer.parseInt(rule.substring(LISTS.length())), updated)
              : Long.parseLong(rule);
    };
  }

  private static long ceilDiv(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static Map<String, String> rules() {
    String text;
    try (InputStream in = Launches.class.getResourceAsStream(TABLE)) {
      text = InputText.utf8(TABLE, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + TABLE, e);
    }
    Problems problems = new Problems();
    CsvTable table =
        CsvTable.parse(
            Path.of(TABLE), text, List.of("operator", "launches", "note"), List.of(), problems);
    table.requireUnique("operator");
    Map<String, String> rules = new LinkedHashMap<>();
    for (CsvRow row : table.rows()) {
      if (!row.text("launches").matches("\\d+|inner|counters|norms|lists [1-4]")) {
        row.problem(
            "launches",
            "'" + row.text("launches") + "'",
            "a number, inner, counters, norms, or lists with 1 to 4",
            "see the comment of the table");
      }
      rules.put(row.text("operator"), row.text("launches"));
    }
    problems.throwIfAny();
    return rules;
  }
}
