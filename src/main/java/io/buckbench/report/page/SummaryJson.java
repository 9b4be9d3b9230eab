package io.buckbench.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.eval.SeedSummary;
import io.buckbench.findings.Finding;
import io.buckbench.findings.Statement;
import io.buckbench.report.AcceptedResults;
import io.buckbench.report.Changes;
import io.buckbench.report.ConfigurationSummary;
import io.buckbench.report.Headline;
import io.buckbench.report.SuiteReport;
import io.buckbench.statistics.Interval;
import java.util.Optional;

/** The summary as JSON for programs; {@code docs/summary.schema.json} describes it. */
public final class SummaryJson {
  /** The version of the format. */
  public static final int FORMAT = 1;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SummaryJson() {}

  /** The summary; shares are from 0 to 1, and a number that is not known is {@code null}. */
  public static String of(SuiteReport report) {
    Headline headline = Headline.of(report);
    Changes changes = Changes.of(report);
    ObjectNode summary = JSON.createObjectNode();
    summary.put("format", FORMAT);
    summary.put("suite", report.suite());
    summary.put("headline", headline.sentence());
    summary.put("best", headline.best().map(ConfigurationSummary::configuration).orElse(null));
    summary.put("beats_baseline", headline.beatsBaseline());
    summary.put(
        "smallest_peer", headline.smallest().map(ConfigurationSummary::configuration).orElse(null));
    summary.put("margin_points", Headline.MARGIN_POINTS);
    changes(summary.putObject("changes"), changes);
    ArrayNode rows = summary.putArray("rows");
    RowsSection.ordered(report.configurations()).forEach(row -> row(rows.addObject(), report, row));
    ArrayNode findings = summary.putArray("findings");
    report.judgement().findings().forEach(f -> finding(findings.addObject(), report, f));
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    try {
      return JSON.writer(
                  new DefaultPrettyPrinter().withArrayIndenter(lines).withObjectIndenter(lines))
              .writeValueAsString(summary)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a summary is plain data", e);
    }
  }

  private static void changes(ObjectNode node, Changes changes) {
    node.put("state", changes.state().name());
    node.put("sentence", changes.sentence());
    ObjectNode counts = node.putObject("counts");
    changes.counts().forEach(counts::put);
    ArrayNode items = node.putArray("items");
    for (Changes.Item item : changes.items()) {
      items
          .addObject()
          .put("subject", item.subject().name())
          .put("target", item.target())
          .put("breaks", item.breaks())
          .put("words", item.words());
    }
  }

  private static void row(ObjectNode node, SuiteReport report, ConfigurationSummary row) {
    node.put("id", row.configuration());
    node.put("role", row.role().name());
    node.put("method", row.declared().method());
    node.put("model", row.declared().model());
    node.put("split", row.declared().split().toString());
    node.put("trainable_parameters", row.trainableParameters());
    interval(
        node.putObject("accuracy"), row.scores().map(SeedSummary::accuracy).orElse(Interval.NONE));
    Optional<Interval> accepted =
        report
            .judgement()
            .accepted()
            .map(AcceptedResults::accuracies)
            .flatMap(all -> Optional.ofNullable(all.get(row.configuration())));
    if (accepted.isPresent()) {
      interval(node.putObject("accepted"), accepted.get());
    } else {
      node.putNull("accepted");
    }
    node.put("trials", row.trials().size());
    node.put("learned", row.learned());
    ObjectNode endings = node.putObject("endings");
    row.diagnoses().forEach(endings::put);
    node.put("usd_planned", row.budgetUsd());
    node.put("usd_measured", row.usd());
    node.put("overspent", row.overspent());
  }

  private static void finding(ObjectNode node, SuiteReport report, Finding f) {
    node.put("hypothesis", f.hypothesis());
    node.put("row", f.configuration().isEmpty() ? null : f.configuration());
    node.put("verdict", f.verdict().name());
    node.put(
        "accepted",
        report
            .judgement()
            .accepted()
            .flatMap(then -> then.results().accepted(f))
            .map(Enum::name)
            .orElse(null));
    node.put("statistic", f.statistic());
    number(node, "estimate", f.estimate());
    number(node, "low", f.low());
    number(node, "high", f.high());
    number(
        node,
        "margin",
        report.judgement().statements().stream()
            .filter(s -> s.id().equals(f.hypothesis()))
            .mapToDouble(Statement::margin)
            .findFirst()
            .orElse(Double.NaN));
    number(node, "p_value", f.pValue());
    node.put("sentence", f.sentence());
  }

  private static void interval(ObjectNode node, Interval interval) {
    number(node, "estimate", interval.estimate());
    number(node, "low", interval.low());
    number(node, "high", interval.high());
  }

  /** JSON has no NaN and no infinity. */
  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
