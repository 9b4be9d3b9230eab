package io.buckbench.junit;

import io.buckbench.report.Role;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Suite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The names of a suite's rows, numbered in the order of the suite, since Allure sorts by name: for
 * example {@code 02 untouched (untouched base model)}. Controls are called so.
 */
final class RowNames {
  private final Map<String, String> names = new LinkedHashMap<>();

  RowNames(Suite suite) {
    List<Configuration> rows = suite.withMilestones();
    int digits = Math.max(2, Integer.toString(rows.size()).length());
    for (int i = 0; i < rows.size(); i++) {
      Role role = Role.of(rows.get(i).declared());
      names.put(
          rows.get(i).id(),
          String.format(
              Locale.ROOT,
              "%0" + digits + "d %s%s",
              i + 1,
              rows.get(i).id(),
              role.control() ? " (" + role + ")" : ""));
    }
  }

  /** The name of a row; its id if the suite does not have it. */
  String of(String configuration) {
    return names.getOrDefault(configuration, configuration);
  }
}
