package io.buckbench.report;

import io.buckbench.findings.UnnamedDifference;
import java.util.List;

/** The table of settings in which compared rows differ although no hypothesis names them. */
final class DifferencesMarkdown {
  private DifferencesMarkdown() {}

  /** Appends the table, if there are any. */
  static void append(StringBuilder page, List<UnnamedDifference> differences) {
    if (differences.isEmpty()) {
      return;
    }
    page.append("\n### What else differs between compared rows\n\n");
    page.append(
        "Settings that a hypothesis does not name. A difference between rows may come from them.\n\n");
    Markup.header(page, "hypothesis | setting | values");
    for (UnnamedDifference difference : differences) {
      Markup.row(page, List.of(difference.hypothesis(), difference.setting(), difference.values()));
    }
  }
}
