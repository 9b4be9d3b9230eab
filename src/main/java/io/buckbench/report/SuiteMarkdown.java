package io.buckbench.report;

import io.buckbench.budget.Phase;
import io.buckbench.data.Split;
import io.buckbench.eval.SeedSummary;
import io.buckbench.findings.Finding;
import io.buckbench.findings.Verdict;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.Truncated;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The results of a suite as a Markdown page. */
final class SuiteMarkdown {
  private SuiteMarkdown() {}

  static String of(SuiteReport report) {
    StringBuilder page = new StringBuilder("# Suite " + Markup.cell(report.suite()) + "\n\n");
    header(page, report);
    methods(page, "Methods side by side", report, report.evaluatedOn(Split.TEST));
    methods(
        page,
        "On validation, for choosing settings only",
        report,
        report.evaluatedOn(Split.VALIDATION));
    SideEffectTable.append(page, report.configurations());
    ReturnMarkdown.append(page, report);
    page.append("\n## Findings\n\n");
    findings(page, report.findings());
    DifferencesMarkdown.append(page, report.differences());
    TrialMarkdown.append(page, report.answers(), report.trialScores());
    page.append("\n## Comparison with the accepted results\n\n");
    // Indented text is code in Markdown, so it cannot contain markup.
    page.append(
        report.golden().isBlank()
            ? "Nothing was compared.\n"
            : report.golden().lines().map(l -> "    " + l + "\n").collect(Collectors.joining()));
    return page.toString();
  }

  private static void header(StringBuilder page, SuiteReport report) {
    List<RunRecord> runs = report.records();
    bullet(page, "Budget a trial", distinct(runs, r -> "$" + r.cost().budgetUsd().toPlainString()));
    bullet(
        page,
        "Price card and clock",
        distinct(runs, r -> r.cost().priceCard() + ", " + r.cost().clock()));
    report
        .speeds()
        .filter(speeds -> !speeds.rows().isEmpty())
        .ifPresent(speeds -> bullet(page, "Recorded speeds of planned rows", speeds.toString()));
    bullet(page, "Seeds", distinct(runs, r -> Long.toString(r.seed())));
    bullet(page, "Items asked", sampleSizes(report));
    bullet(page, "Truncated passages", distinct(runs, r -> cut(r.truncated())));
    bullet(page, "Trials", trials(runs));
    promises(page, runs);
    bullet(page, "Device class", distinct(runs, r -> r.provenance().deviceClass()));
    bullet(page, "Seconds measured with", distinct(runs, r -> Formats.processes(r.provenance())));
    bullet(page, "Precision", precision(runs));
    bullet(page, "Commit", distinct(runs, r -> commit(r.provenance())));
    bullet(page, "Versions", distinct(runs, r -> Formats.pairs(r.provenance().versions())));
    page.append("\n**What this does not show.** ");
    power(report)
        .ifPresent(
            sentence -> page.append("For the least certain row, ").append(sentence).append(". "));
    page.append(
        "An interval covers other seeds and other test items of this data set, but not other data"
            + " sets, prompts, models or hyper-parameters. Configurations are tuned only as far as"
            + " their notes say, so a method that loses here may win with other settings. Seconds"
            + " and dollars are those of this machine and price card. Verdicts hold only for the"
            + " budget above.\n");
  }

  private static void methods(
      StringBuilder page,
      String title,
      SuiteReport report,
      List<ConfigurationSummary> configurations) {
    if (configurations.isEmpty()) {
      return;
    }
    page.append("\n## ").append(title).append("\n\n");
    List<String> levels = report.levels();
    List<String> header =
        new ArrayList<>(
            Markup.columns(
                "configuration | method | accuracy % [95 %] | what the seeds say | balanced % [95 %]"));
    levels.forEach(level -> header.add(level + " %"));
    header.addAll(
        Markup.columns(
            Formats.inFormat(report.answers())
                + " % | p against "
                + report
                    .answers()
                    .map(answers -> answers.always(answers.commonest()))
                    .orElse("the commonest answer")
                + " (Holm) | sd of seeds | steps | trainable"
                + " | train s | $ a trial | seeds ended as | verdicts"));
    Markup.header(page, header);
    Map<String, Double> againstCommonest = report.againstCommonest();
    for (ConfigurationSummary c : configurations) {
      Optional<SeedSummary> s = c.scores();
      List<String> cells = new ArrayList<>(List.of(c.configuration(), c.declared().method()));
      cells.add(s.map(v -> Formats.interval(v.accuracy())).orElse("no answers"));
      cells.add(s.map(SeedSummary::basis).orElse("-"));
      cells.add(s.map(v -> Formats.interval(v.balancedAccuracy())).orElse("no answers"));
      levels.forEach(l -> cells.add(Formats.percent(c.levels().getOrDefault(l, Double.NaN))));
      cells.add(s.map(v -> Formats.percent(v.parseRate().estimate())).orElse("-"));
      cells.add(Formats.pValue(againstCommonest.get(c.configuration())));
      cells.add(s.map(v -> Formats.percent(v.accuracySeedSd())).orElse("-"));
      cells.add(Formats.decimal(c.steps(), c.steps() == Math.rint(c.steps()) ? 0 : 1));
      cells.add(Formats.count(c.trials().get(0).trainableParameters()));
      cells.add(Formats.decimal(c.seconds(Phase.TRAIN), 1));
      cells.add(Formats.usd(c));
      cells.add(Formats.pairs(c.diagnoses()));
      cells.add(verdicts(c.configuration(), report.findings()));
      Markup.row(page, cells);
    }
  }

  private static void findings(StringBuilder page, List<Finding> findings) {
    if (findings.isEmpty()) {
      page.append("No hypothesis was judged.\n");
      return;
    }
    Markup.header(
        page,
        "hypothesis | configuration | verdict | statistic | estimate [95 %] | p (Holm) | finding"
            + " | power");
    for (Finding f : findings) {
      Markup.row(
          page,
          List.of(
              f.hypothesis(),
              f.configuration().isEmpty() ? "several" : f.configuration(),
              f.verdict().name(),
              f.statistic(),
              estimate(f),
              Formats.pValue(f.pValue()),
              f.sentence(),
              f.power()));
    }
  }

  private static String estimate(Finding f) {
    if (f.verdict() == Verdict.NOT_RUN) {
      return "-";
    }
    return Double.isNaN(f.low())
        ? String.format(Locale.ROOT, "%.2f, no interval", f.estimate())
        : String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", f.estimate(), f.low(), f.high());
  }

  private static String verdicts(String configuration, List<Finding> findings) {
    Map<Verdict, List<String>> byVerdict = new LinkedHashMap<>();
    for (Verdict v : Verdict.values()) {
      List<String> names =
          findings.stream()
              .filter(f -> f.configuration().equals(configuration) && f.verdict() == v)
              .map(Finding::hypothesis)
              .toList();
      if (!names.isEmpty()) {
        byVerdict.put(v, names);
      }
    }
    return byVerdict.entrySet().stream()
        .map(e -> e.getKey() + ": " + String.join(", ", e.getValue()))
        .collect(Collectors.joining("; "));
  }

  /** The power of the trained row with the widest interval. */
  private static Optional<String> power(SuiteReport report) {
    return report.configurations().stream()
        .flatMap(c -> c.scores().stream())
        .filter(s -> !s.basis().isEmpty())
        .max(Comparator.comparingDouble(s -> s.accuracy().high() - s.accuracy().low()))
        .map(s -> s.power().sentence("a difference"));
  }

  private static String sampleSizes(SuiteReport report) {
    return report.configurations().stream()
        .flatMap(c -> c.scores().stream())
        .map(s -> Formats.count(s.items()))
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private static void promises(StringBuilder page, List<RunRecord> runs) {
    List<RunRecord> broke = runs.stream().filter(r -> !r.broken().isEmpty()).toList();
    bullet(
        page,
        "Promises",
        broke.isEmpty()
            ? "every trial kept all of them"
            : broke.size() + " of " + runs.size() + " trials broke one:");
    for (RunRecord run : broke) {
      run.broken()
          .forEach(
              c -> bullet(page.append("  "), run.configuration() + " seed " + run.seed(), c + ""));
    }
  }

  private static String trials(List<RunRecord> runs) {
    long diverged = runs.stream().filter(r -> r.status() == RunStatus.DIVERGED).count();
    long failed = runs.stream().filter(r -> r.status() == RunStatus.FAILED).count();
    long below = runs.stream().filter(r -> r.status() == RunStatus.UNAFFORDABLE).count();
    String words =
        runs.size()
            + ", of which "
            + diverged
            + " diverged and "
            + failed
            + " failed"
            + (below == 0 ? "" : "; " + below + " had a budget below the first step");
    long skipped = runs.stream().flatMap(r -> r.steps().stream()).filter(s -> s.skipped()).count();
    return skipped == 0
        ? words
        : words + "; " + skipped + " steps were skipped because a gradient did not fit float16";
  }

  /** The precision; if configurations differ in it, each precision with its configurations. */
  private static String precision(List<RunRecord> runs) {
    Map<String, Set<String>> rows = new LinkedHashMap<>();
    runs.stream()
        .filter(r -> !r.provenance().precision().isEmpty())
        .forEach(
            r ->
                rows.computeIfAbsent(r.provenance().precision(), p -> new LinkedHashSet<>())
                    .add(r.configuration()));
    return rows.size() == 1
        ? rows.keySet().iterator().next()
        : rows.entrySet().stream()
            .map(e -> e.getKey() + " (" + String.join(", ", e.getValue()) + ")")
            .collect(Collectors.joining("; "));
  }

  private static String cut(Truncated truncated) {
    return truncated.trainRows() + " in training, " + truncated.askedRows() + " in evaluation";
  }

  private static String commit(Provenance p) {
    return p.commit() + (p.dirty() ? " with uncommitted changes" : "");
  }

  private static String distinct(List<RunRecord> runs, Function<RunRecord, String> value) {
    return runs.stream().map(value).distinct().collect(Collectors.joining("; "));
  }

  private static void bullet(StringBuilder page, String name, String value) {
    page.append("- ").append(name).append(": ").append(Markup.cell(value)).append('\n');
  }
}
