package io.buckbench.report.page;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Statement;
import io.buckbench.findings.Verdict;
import io.buckbench.report.AcceptedResults;
import io.buckbench.report.Formats;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.chart.ThenNow;
import io.buckbench.report.markup.Element;
import io.buckbench.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** The hypotheses by rows, and each finding with its numbers. */
final class FindingsSection {
  private static final String SEVERAL = "several rows";

  private final Map<String, Statement> statements = new LinkedHashMap<>();
  private final Optional<AcceptedResults> accepted;
  private final Map<String, Map<String, Finding>> byHypothesis = new LinkedHashMap<>();

  private FindingsSection(SuiteReport report) {
    report.judgement().statements().forEach(s -> statements.put(s.id(), s));
    accepted = report.judgement().accepted();
    for (Finding f : report.judgement().findings()) {
      byHypothesis
          .computeIfAbsent(f.hypothesis(), h -> new LinkedHashMap<>())
          .put(f.configuration(), f);
    }
  }

  static Element of(SuiteReport report) {
    Element section = Html.section("findings", "What was found");
    if (report.judgement().findings().isEmpty()) {
      return section.add(Html.p("No hypothesis was judged."));
    }
    FindingsSection findings = new FindingsSection(report);
    return section
        .add(findings.matrix(report))
        .add(
            Html.note(
                "✓ supported, ✗ refuted, ? inconclusive, · not run. A frame marks a verdict that"
                    + " differs from the accepted one. Each opens its numbers."))
        .add(findings.all());
  }

  private Element matrix(SuiteReport report) {
    Set<String> rows = new LinkedHashSet<>();
    RowsSection.ordered(report.configurations()).forEach(c -> rows.add(c.configuration()));
    Set<String> judged =
        byHypothesis.values().stream()
            .flatMap(f -> f.keySet().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    rows.retainAll(judged);
    rows.addAll(judged);
    List<String> columns = new ArrayList<>(List.of("hypothesis"));
    rows.forEach(row -> columns.add(row.isEmpty() ? SEVERAL : row));
    Element body = Element.of("tbody");
    byHypothesis.forEach(
        (id, findings) -> {
          Element line = Element.of("tr").add(Element.of("th", sentence(id)).set("scope", "row"));
          for (String row : rows) {
            Element cell = Element.of("td");
            if (findings.containsKey(row)) {
              cell.add(cell(findings.get(row)));
            }
            line.add(cell);
          }
          body.add(line);
        });
    return Html.scrolling("hypotheses by rows", Html.table("matrix wide", columns).add(body));
  }

  private Element cell(Finding f) {
    return Html.link("#" + anchor(f), glyph(f.verdict()))
        .css("v-" + f.verdict() + (changed(f) ? " v-changed" : ""))
        .set(
            "aria-label",
            (f.configuration().isEmpty() ? SEVERAL : f.configuration()) + ": " + words(f));
  }

  private String words(Finding f) {
    return f.verdict()
        + then(f).filter(was -> was != f.verdict()).map(was -> ", accepted " + was).orElse("");
  }

  private static String glyph(Verdict verdict) {
    return switch (verdict) {
      case SUPPORTED -> "✓";
      case REFUTED -> "✗";
      case INCONCLUSIVE -> "?";
      case NOT_RUN -> "·";
    };
  }

  private static String anchor(Finding f) {
    return Html.finding(f.key());
  }

  private Optional<Verdict> then(Finding f) {
    return accepted.flatMap(a -> a.results().accepted(f));
  }

  private boolean changed(Finding f) {
    return then(f).filter(was -> was != f.verdict()).isPresent();
  }

  private String sentence(String hypothesis) {
    return Optional.ofNullable(statements.get(hypothesis))
        .map(Statement::sentence)
        .orElse(hypothesis);
  }

  private List<Element> all() {
    List<Element> all = new ArrayList<>();
    byHypothesis.forEach(
        (id, findings) -> {
          Map<Verdict, Long> counts =
              findings.values().stream()
                  .collect(
                      Collectors.groupingBy(
                          Finding::verdict, LinkedHashMap::new, Collectors.counting()));
          String summary =
              id
                  + ": "
                  + counts.entrySet().stream()
                      .map(e -> e.getValue() + " " + e.getKey())
                      .collect(Collectors.joining(", "));
          Element body = Element.of("tbody");
          findings.values().forEach(f -> body.add(row(f)));
          String source =
              Optional.ofNullable(statements.get(id)).map(FindingsSection::words).orElse("");
          all.add(
              Html.details(
                  "hypothesis-" + id,
                  summary,
                  Html.note(source),
                  Html.scrolling(
                      "findings of " + id,
                      Html.table(
                              "list wide",
                              List.of(
                                  "row",
                                  "verdict",
                                  "estimate and interval",
                                  ">margin",
                                  ">p (Holm)",
                                  "finding and power"))
                          .add(body))));
        });
    return all;
  }

  /** The claim, its kind and its rule. */
  private static String words(Statement s) {
    return s.sentence()
        + ". Claim "
        + s.claim()
        + ", margin "
        + Formats.significant(s.margin())
        + " "
        + s.unit()
        + ". "
        + s.source();
  }

  private Element row(Finding f) {
    Optional<Statement> statement = Optional.ofNullable(statements.get(f.hypothesis()));
    OptionalDouble margin =
        statement.isPresent()
            ? OptionalDouble.of(statement.get().margin())
            : OptionalDouble.empty();
    Element numbers = Element.of("td", f.statistic() + ": " + estimate(f)).css("s");
    if (f.verdict() != Verdict.NOT_RUN) {
      Optional<Interval> before = accepted.flatMap(a -> a.then(f)).map(FindingsSection::interval);
      new ThenNow(interval(f), before, margin).strip().ifPresent(numbers::add);
    }
    Element verdict =
        Element.of("td")
            .add(Element.of("span", f.verdict().name()).css("verdict v-" + f.verdict()));
    then(f)
        .filter(was -> was != f.verdict())
        .ifPresent(was -> verdict.add(Element.of("span", "accepted " + was).css("small")));
    return Element.of("tr")
        .set("id", anchor(f))
        .add(
            Element.of("th", f.configuration().isEmpty() ? SEVERAL : f.configuration())
                .set("scope", "row"))
        .add(verdict)
        .add(numbers)
        .add(
            Element.of(
                    "td",
                    statement
                        .map(s -> Formats.significant(s.margin()) + " " + s.unit())
                        .orElse("-"))
                .css("n"))
        .add(Element.of("td", Formats.pValue(f.pValue())).css("n"))
        .add(Element.of("td", f.sentence()).add(Element.of("span", f.power()).css("small")));
  }

  private static Interval interval(Finding f) {
    // A statistic of several rows can be reported with an interval that does not contain it.
    boolean plain = f.low() <= f.estimate() && f.estimate() <= f.high();
    return plain
        ? new Interval(f.estimate(), f.low(), f.high())
        : new Interval(f.estimate(), Double.NaN, Double.NaN);
  }

  private static String estimate(Finding f) {
    if (f.verdict() == Verdict.NOT_RUN) {
      return "-";
    }
    return Double.isNaN(f.low())
        ? String.format(Locale.ROOT, "%.2f, no interval", f.estimate())
        : String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", f.estimate(), f.low(), f.high());
  }
}
