package io.buckbench.budget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the speeds come from that plan a suite's rows. Rows whose speeds were measured at different
 * times or on different machines do not get the same number of steps for the same dollar.
 *
 * @param rows the ids of the planned rows by the origin of their speed, the most frequent first
 */
public record SpeedOrigins(Map<String, List<String>> rows) {
  /** No row is planned from a recorded speed. */
  public static final SpeedOrigins NONE = new SpeedOrigins(Map.of());

  /**
   * Groups rows by the origin of their speed.
   *
   * @param planned the recorded speed of each row under the planned clock, by the row's id
   */
  public static SpeedOrigins of(Map<String, Throughput> planned) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    planned.forEach(
        (row, speed) ->
            groups.computeIfAbsent(speed.originWords(), k -> new ArrayList<>()).add(row));
    Map<String, List<String>> sorted = new LinkedHashMap<>();
    groups.entrySet().stream()
        .sorted(Comparator.comparing(group -> -group.getValue().size()))
        .forEach(group -> sorted.put(group.getKey(), List.copyOf(group.getValue())));
    return new SpeedOrigins(sorted);
  }

  /** Whether all speeds have the same origin. */
  public boolean same() {
    return rows.size() <= 1;
  }

  /** The origin, or each origin with its rows if there are several. */
  @Override
  public String toString() {
    if (rows.isEmpty()) {
      return "none";
    }
    return same()
        ? "all from " + rows.keySet().iterator().next()
        : rows.entrySet().stream()
            .map(group -> String.join(", ", group.getValue()) + " from " + group.getKey())
            .collect(
                Collectors.joining(
                    "; ", "not all from one calibration, so a dollar is not the same: ", ""));
  }
}
