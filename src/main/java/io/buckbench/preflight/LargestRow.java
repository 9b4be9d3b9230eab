package io.buckbench.preflight;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The row of a suite that needs the most memory.
 *
 * @param row its id; empty where no row's need can be estimated
 * @param bytes of device memory that it needs, PyTorch's own share left out
 */
record LargestRow(Optional<String> row, long bytes) {
  /** A row's id and need. */
  record Need(String row, long bytes) {}

  static LargestRow of(List<Need> needs) {
    return needs.stream()
        .max(Comparator.comparingLong(Need::bytes))
        .map(need -> new LargestRow(Optional.of(need.row()), need.bytes()))
        .orElse(new LargestRow(Optional.empty(), 0));
  }

  String words() {
    return "row " + row.orElse("none");
  }
}
