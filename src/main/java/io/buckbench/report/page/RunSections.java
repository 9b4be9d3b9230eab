package io.buckbench.report.page;

import io.buckbench.record.Declaration;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import io.buckbench.report.ConfigurationSummary;
import io.buckbench.report.Ending;
import io.buckbench.report.Formats;
import io.buckbench.report.PaperTable;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.markup.Element;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a reader needs to know about the run itself. */
final class RunSections {
  private RunSections() {}

  /** The trials that ended otherwise than planned. */
  static Optional<Element> trials(SuiteReport report) {
    Map<Ending, List<RunRecord>> endings = Ending.among(report.records());
    if (endings.isEmpty()) {
      return Optional.empty();
    }
    String counts =
        endings.entrySet().stream()
            .map(e -> e.getValue().size() + " " + e.getKey())
            .collect(Collectors.joining(", "));
    Element body = Element.of("tbody");
    Set<RunRecord> shown = new LinkedHashSet<>();
    endings.values().forEach(shown::addAll);
    for (RunRecord run : shown) {
      String key = run.configuration() + "/" + run.seed();
      String words =
          Ending.of(run).stream().map(Ending::toString).collect(Collectors.joining(", "));
      String why =
          Stream.concat(
                  run.broken().stream().map(Object::toString), Stream.of(run.cost().overspending()))
              .filter(s -> !s.isEmpty())
              .distinct()
              .collect(Collectors.joining("; "));
      body.add(
          Element.of("tr")
              .set("id", Html.trial(key))
              .add(
                  Element.of("th", run.configuration() + ", seed " + run.seed())
                      .set("scope", "row"))
              .add(Element.of("td", words))
              .add(Element.of("td", why.isEmpty() ? run.failure() : why)));
    }
    return Optional.of(
        Html.section("trials", "Trials that ended otherwise")
            .add(Html.p(counts + ", of " + report.records().size() + " trials."))
            .add(
                Html.scrolling(
                    "trials that ended otherwise",
                    Html.table("list wide", List.of("trial", "ended", "why")).add(body))));
  }

  /** The published table beside ours. */
  static Optional<Element> paper(SuiteReport report) {
    List<PaperTable.Repetition> table = report.judgement().paper();
    if (table.isEmpty()) {
      return Optional.empty();
    }
    List<List<String>> rows = new ArrayList<>();
    for (PaperTable.Repetition r : table) {
      rows.add(
          List.of(
              r.paper().configuration(),
              Formats.decimal(r.paper().accuracyPercent(), 2),
              r.trials() == 0 ? "not run" : Formats.decimal(r.accuracyPercent(), 2),
              Formats.decimal(r.paper().balancedAccuracyPercent(), 2),
              r.trials() == 0 ? "" : Formats.decimal(r.balancedAccuracyPercent(), 2),
              Integer.toString(r.paper().steps()),
              r.trials() == 0
                  ? ""
                  : (r.near() ? "within " : "not within ")
                      + Formats.decimal(r.paper().tolerancePoints(), 0)
                      + " points"));
    }
    return Optional.of(
        Html.section("paper", "The paper's table beside ours")
            .add(
                Html.list(
                    "the paper's table beside ours",
                    List.of(
                        "row",
                        ">accuracy, paper",
                        ">ours",
                        ">balanced, paper",
                        ">ours",
                        ">steps, paper",
                        "repetition"),
                    rows))
            .add(
                Html.note(
                    "Hamilton and Mueller 2023, table 1; each of its rows is a single run, ours are"
                        + " means over the seeds.")));
  }

  /** What this run does not show, by row. */
  static Element notShown(SuiteReport report) {
    List<List<String>> rows = new ArrayList<>();
    for (ConfigurationSummary row : RowsSection.ordered(report.configurations())) {
      row.scores()
          .ifPresent(
              s ->
                  rows.add(
                      List.of(
                          row.configuration(),
                          s.basis().isEmpty() ? "one trial, nothing trained" : s.basis(),
                          s.basis().isEmpty() ? "" : s.power().sentence("a difference"),
                          row.declared().value(Declaration.NOTE))));
    }
    Element section =
        Html.section("not-shown", "What this run does not show")
            .add(
                Html.p(
                    "An interval covers other seeds and other test items of this data set, but not"
                        + " other data sets, prompts, models or settings. Rows are tuned only as"
                        + " far as their notes say, so a method that loses here may win with other"
                        + " settings. Seconds and dollars are those of this machine and price"
                        + " card."))
            .add(
                Html.list(
                    "what this run does not show",
                    List.of("row", "what its seeds say", "what they would miss", "note"),
                    rows));
    if (!report.judgement().differences().isEmpty()) {
      section
          .add(
              Element.of(
                  "h3", "Settings in which compared rows differ although no claim names them"))
          .add(
              Html.list(
                  "unnamed differences",
                  List.of("hypothesis", "setting", "values"),
                  report.judgement().differences().stream()
                      .map(d -> List.of(d.hypothesis(), d.setting(), d.values()))
                      .toList()));
    }
    return section;
  }

  /** Settings and environment. */
  static Element settings(SuiteReport report) {
    List<RunRecord> runs = report.records();
    List<List<String>> facts = new ArrayList<>();
    facts.add(
        List.of(
            "price card and clock",
            distinct(runs, r -> r.cost().priceCard() + ", " + r.cost().clock())));
    report
        .speeds()
        .filter(speeds -> !speeds.rows().isEmpty())
        .ifPresent(
            speeds -> facts.add(List.of("recorded speeds of planned rows", speeds.toString())));
    facts.add(List.of("seeds", distinct(runs, r -> Long.toString(r.seed()))));
    facts.add(
        List.of(
            "test items",
            report.configurations().stream()
                .flatMap(c -> c.scores().stream())
                .map(s -> Formats.count(s.items()))
                .distinct()
                .collect(Collectors.joining(" or "))));
    facts.add(
        List.of(
            "truncated passages",
            distinct(
                runs,
                r ->
                    r.truncated().trainRows()
                        + " in training, "
                        + r.truncated().askedRows()
                        + " in evaluation")));
    String leaks =
        distinct(
            runs.stream().filter(r -> r.data().leaks().rows() > 0).toList(),
            r -> r.declared().value("data") + ": " + r.data().leaks());
    if (!leaks.isEmpty()) {
      facts.add(List.of("test items that are in the training rows", leaks));
    }
    long skipped = runs.stream().flatMap(r -> r.steps().stream()).filter(s -> s.skipped()).count();
    if (skipped > 0) {
      facts.add(List.of("skipped steps", skipped + ", because a gradient did not fit float16"));
    }
    facts.add(List.of("device", distinct(runs, r -> r.provenance().device())));
    facts.add(List.of("device class", distinct(runs, r -> r.provenance().deviceClass())));
    facts.add(
        List.of("seconds measured with", distinct(runs, r -> Formats.processes(r.provenance()))));
    facts.add(List.of("precision", precision(report)));
    facts.add(List.of("commit", distinct(runs, r -> commit(r.provenance()))));
    facts.add(List.of("versions", distinct(runs, r -> Formats.pairs(r.provenance().versions()))));
    return Html.section("settings", "Settings and environment")
        .add(Html.list("environment", List.of("what", "value"), facts))
        .add(declared(report));
  }

  /** The declared columns of all rows: those that differ as a table, the others as a sentence. */
  private static Element declared(SuiteReport report) {
    List<ConfigurationSummary> rows = report.configurations();
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.declared().settings().keySet()));
    List<String> differing = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (String column : columns) {
      List<String> values = rows.stream().map(r -> r.declared().value(column)).distinct().toList();
      if (values.size() == 1) {
        same.add(column + " = " + values.get(0));
      } else {
        differing.add(column);
      }
    }
    List<String> header = new ArrayList<>(List.of("row"));
    header.addAll(differing);
    List<List<String>> lines = new ArrayList<>();
    for (ConfigurationSummary row : rows) {
      List<String> cells = new ArrayList<>(List.of(row.configuration()));
      differing.forEach(column -> cells.add(row.declared().value(column)));
      lines.add(cells);
    }
    return Html.details(
        "declared",
        "What was declared for each row",
        Html.p(same.isEmpty() ? "" : "The same for all rows: " + String.join(", ", same) + "."),
        Html.list("declared settings", header, lines));
  }

  /** The precision; if rows differ in it, each precision with its rows. */
  private static String precision(SuiteReport report) {
    Map<String, Set<String>> rows =
        report.records().stream()
            .filter(r -> !r.provenance().precision().isEmpty())
            .collect(
                Collectors.groupingBy(
                    r -> r.provenance().precision(),
                    java.util.LinkedHashMap::new,
                    Collectors.mapping(
                        RunRecord::configuration, Collectors.toCollection(LinkedHashSet::new))));
    return rows.size() == 1
        ? rows.keySet().iterator().next()
        : rows.entrySet().stream()
            .map(e -> e.getKey() + " (" + String.join(", ", e.getValue()) + ")")
            .collect(Collectors.joining("; "));
  }

  private static String commit(Provenance p) {
    return p.commit() + (p.dirty() ? " with uncommitted changes" : "");
  }

  private static String distinct(List<RunRecord> runs, Function<RunRecord, String> value) {
    return runs.stream().map(value).distinct().collect(Collectors.joining("; "));
  }
}
