package io.buckbench.report.page;

import io.buckbench.history.Drift;
import io.buckbench.history.PastRun;
import io.buckbench.report.ConfigurationSummary;
import io.buckbench.report.Formats;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.markup.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Accuracies of earlier runs, and how far what was accepted has drifted. */
final class HistorySection {
  private HistorySection() {}

  static Optional<Element> of(SuiteReport report) {
    Element section = Html.section("history", "Over time");
    if (!report.history().isEmpty()) {
      section.add(runs(report));
    }
    List<Drift> drift = report.drift();
    if (!drift.isEmpty()) {
      section
          .add(Element.of("h3", "Drift of what was accepted").set("id", "drift"))
          .add(
              Html.list(
                  "drift of what was accepted",
                  List.of("what", "value", "from the first to the last", "steps"),
                  drift.stream()
                      .map(d -> List.of(d.what(), d.value(), d.movement(), d.steps()))
                      .toList()))
          .add(
              Html.note(
                  "Loosened: an accept lowered an accuracy, raised a budget or gave up a decided"
                      + " verdict, or a hypothesis with a margin that is easier to keep superseded"
                      + " another. Small steps that each look harmless add up here."));
    }
    return report.history().isEmpty() && drift.isEmpty() ? Optional.empty() : Optional.of(section);
  }

  private static Element runs(SuiteReport report) {
    List<ConfigurationSummary> rows = RowsSection.ordered(report.reported());
    List<String> columns = new ArrayList<>(List.of("run"));
    rows.forEach(row -> columns.add(">" + row.configuration()));
    List<List<String>> lines = new ArrayList<>();
    for (PastRun run : report.history()) {
      String day = run.date().substring(0, Math.min(10, run.date().length()));
      String commit = run.commit().substring(0, Math.min(8, run.commit().length()));
      List<String> cells =
          new ArrayList<>(List.of(day + " " + commit + (run.wasAccepted() ? ", accepted" : "")));
      rows.forEach(row -> cells.add(Formats.decimal(RowsSection.percent(run, row), 1)));
      lines.add(cells);
    }
    return Html.list("accuracies of earlier runs", columns, lines);
  }
}
