package io.buckbench.report.page;

import io.buckbench.eval.SeedSummary;
import io.buckbench.findings.Finding;
import io.buckbench.golden.RowDiff;
import io.buckbench.report.AcceptedResults;
import io.buckbench.report.Changes;
import io.buckbench.report.ConfigurationSummary;
import io.buckbench.report.Formats;
import io.buckbench.report.Headline;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.markup.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The summary for a pull request, as Markdown: what changed, one sentence, counts, a picture and a
 * table, and everything else folded.
 */
public final class PullRequestSummary {
  /** The most lines before the folded part. */
  public static final int MOST_LINES = 40;

  /** The most characters before the folded part. */
  public static final int MOST_CHARACTERS = 4000;

  private static final int ITEMS_SHOWN = 6;
  private static final int LONGEST_ITEM = 160;
  private static final List<String> COLUMNS =
      List.of("row", "accuracy % [95 %]", "accepted", "seeds", "trained", "$ a trial");

  private PullRequestSummary() {}

  /** The summary. */
  public static String of(SuiteReport report) {
    Changes changes = Changes.of(report);
    StringBuilder text = new StringBuilder("# ");
    text.append(Markdown.cell(title(report, changes))).append("\n\n");
    text.append(Markdown.cell(cut(Headline.of(report).sentence(), 400))).append(".\n\n");
    text.append(Markdown.cell(cut(changes.sentence(), 500))).append("\n\n");
    changes.items().stream()
        .limit(ITEMS_SHOWN)
        .forEach(
            item ->
                text.append("- ")
                    .append(Markdown.cell(cut(item.name() + ": " + item.words(), LONGEST_ITEM)))
                    .append('\n'));
    if (changes.items().size() > ITEMS_SHOWN) {
      text.append("- and ").append(changes.items().size() - ITEMS_SHOWN).append(" more\n");
    }
    if (changes.state() == Changes.State.BROKEN) {
      text.append("\nTo accept: `").append(Changes.ACCEPT).append("`\n");
    }
    text.append("\n![accuracy of all rows](forest.svg)\n\n");
    table(text, report);
    folded(text, report);
    return text.toString();
  }

  private static String title(SuiteReport report, Changes changes) {
    String what =
        switch (changes.state()) {
          case UNCHANGED -> "nothing changed";
          case MOVED -> "moved within what is allowed";
          case BROKEN ->
              changes.sentence().replaceFirst("[: ].*", "").equals("REGRESSED")
                  ? "REGRESSED"
                  : "not as accepted";
          case NOT_COMPARED -> "nothing to compare with";
        };
    return cut(report.suite(), 100) + ": " + what;
  }

  /** The rows that moved, or all if none did, as many as there is room for. */
  private static void table(StringBuilder text, SuiteReport report) {
    List<ConfigurationSummary> rows = RowsSection.ordered(report.reported());
    List<String> moved =
        report.judgement().accepted().stream()
            .flatMap(then -> then.diff().rows().stream())
            .filter(MovedSection::moved)
            .map(RowDiff::configuration)
            .toList();
    List<ConfigurationSummary> shown =
        rows.stream().filter(r -> moved.isEmpty() || moved.contains(r.configuration())).toList();
    StringBuilder table = new StringBuilder();
    Markdown.header(table, COLUMNS);
    int left = 0;
    for (ConfigurationSummary row : shown) {
      StringBuilder line = new StringBuilder();
      Markdown.row(line, cells(report, row));
      // Room for the line that counts the rest.
      boolean fits =
          text.length() + table.length() + line.length() + 60 <= MOST_CHARACTERS
              && lines(text) + lines(table) + 4 <= MOST_LINES;
      if (fits && left == 0) {
        table.append(line);
      } else {
        left++;
      }
    }
    text.append(table);
    if (left > 0) {
      text.append("\nand ").append(left).append(" more rows below\n");
    }
  }

  private static long lines(CharSequence text) {
    return text.chars().filter(c -> c == '\n').count();
  }

  private static List<String> cells(SuiteReport report, ConfigurationSummary row) {
    return List.of(
        cut(row.configuration(), 60) + (row.role().control() ? " (" + row.role() + ")" : ""),
        RowsSection.accuracy(row),
        accepted(report, row),
        RowsSection.endings(row),
        row.trainableParameters() == 0 ? "-" : Formats.count(row.trainableParameters()),
        Formats.usd(row.usd()));
  }

  private static String accepted(SuiteReport report, ConfigurationSummary row) {
    return report
        .judgement()
        .accepted()
        .map(AcceptedResults::accuracies)
        .flatMap(all -> Optional.ofNullable(all.get(row.configuration())))
        .map(then -> Formats.percent(then.estimate()))
        .orElse("-");
  }

  private static void folded(StringBuilder text, SuiteReport report) {
    fold(text, "All rows");
    Markdown.header(text, COLUMNS);
    RowsSection.ordered(report.configurations())
        .forEach(row -> Markdown.row(text, cells(report, row)));
    close(text);
    List<Finding> findings = report.judgement().findings();
    if (!findings.isEmpty()) {
      fold(text, "Findings");
      Markdown.header(text, List.of("hypothesis", "row", "verdict", "p (Holm)", "finding"));
      findings.forEach(
          f ->
              Markdown.row(
                  text,
                  List.of(
                      f.hypothesis(),
                      f.configuration().isEmpty() ? "several" : f.configuration(),
                      f.verdict().name(),
                      Formats.pValue(f.pValue()),
                      f.sentence())));
      close(text);
    }
    Changes changes = Changes.of(report);
    if (!changes.items().isEmpty()) {
      fold(text, "All changes");
      changes
          .items()
          .forEach(
              i ->
                  text.append("- ")
                      .append(Markdown.cell(i.name() + ": " + i.words()))
                      .append('\n'));
      close(text);
    }
    fold(text, "What this run does not show");
    List<List<String>> rows = new ArrayList<>();
    RowsSection.ordered(report.configurations())
        .forEach(
            row ->
                row.scores()
                    .filter(s -> !s.basis().isEmpty())
                    .ifPresent(s -> rows.add(List.of(row.configuration(), missed(s)))));
    Markdown.header(text, List.of("row", "what its seeds say, and what they would miss"));
    rows.forEach(row -> Markdown.row(text, row));
    close(text);
  }

  private static String missed(SeedSummary s) {
    return s.basis() + "; " + s.power().sentence("a difference");
  }

  private static void fold(StringBuilder text, String title) {
    text.append("\n<details><summary>").append(title).append("</summary>\n\n");
  }

  private static void close(StringBuilder text) {
    text.append("\n</details>\n");
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 3) + "...";
  }
}
