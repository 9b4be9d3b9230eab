package io.buckbench.report.page;

import io.buckbench.data.Split;
import io.buckbench.findings.Finding;
import io.buckbench.report.Changes;
import io.buckbench.report.Headline;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.chart.Drawing;
import io.buckbench.report.markup.Asset;
import io.buckbench.report.markup.Element;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The page that people meet first: one fragment of HTML with its styles, which needs no script and
 * no other file, as a page of its own and as the first tab of the Allure report.
 */
public final class ReportPage {
  private static final Asset STYLE = new Asset("style", Asset.read(ReportPage.class, "page.css"));

  /** The files beside the page, with what is in them. */
  private static final Map<String, String> FILES = new LinkedHashMap<>();

  static {
    FILES.put("summary.csv", "rows");
    FILES.put("trials.csv", "trials");
    FILES.put("findings.csv", "findings");
    FILES.put("return-on-a-dollar.csv", "accuracies and costs");
    FILES.put("flips.csv", "answers that changed");
    FILES.put("confusion.csv", "given answers by right answers");
    FILES.put("summary.json", "summary for programs");
    FILES.put("summary.md", "summary for pull requests");
  }

  private ReportPage() {}

  /**
   * The fragment.
   *
   * @param base what links to other files of the report begin with, such as {@code
   *     ../report/smoke/}
   */
  public static Element fragment(SuiteReport report, String base) {
    Element page =
        Element.of("div")
            .css("bb")
            .add(Drawing.STYLE, STYLE)
            .add(Element.of("h1", Headline.of(report).sentence()).set("id", "headline"))
            .add(ChangeBar.of(Changes.of(report), findings(report)))
            .add(RowsSection.of("rows", "What it buys", report, report.reported()));
    if (!report.onValidation() && !report.evaluatedOn(Split.VALIDATION).isEmpty()) {
      page.add(
          RowsSection.of(
              "validation",
              "On validation, for choosing settings only",
              report,
              report.evaluatedOn(Split.VALIDATION)));
    }
    page.add(AnswersSection.of(report.reported()));
    LossSection.of(report.reported()).ifPresent(page::add);
    CostSection.of(report).ifPresent(page::add);
    EffectsSection.forgotten(report.configurations()).ifPresent(page::add);
    page.add(EffectsSection.limits(report), FindingsSection.of(report));
    MovedSection.of(report, base).ifPresent(page::add);
    RunSections.trials(report).ifPresent(page::add);
    RunSections.paper(report).ifPresent(page::add);
    HistorySection.of(report).ifPresent(page::add);
    return page.add(RunSections.settings(report), RunSections.notShown(report), files(base));
  }

  /** The fragment as a page of its own. */
  public static String page(SuiteReport report) {
    Element head =
        Element.of("head")
            .add(Element.of("meta").set("charset", "utf-8"))
            .add(
                Element.of("meta")
                    .set("name", "viewport")
                    .set("content", "width=device-width, initial-scale=1"))
            .add(Element.of("meta").set("name", "color-scheme").set("content", "light dark"))
            // No request leaves the page, not even for an icon.
            .add(Element.of("link").set("rel", "icon").set("href", "data:,"))
            .add(Element.of("title", "BuckBench: " + report.suite()))
            .add(
                new Asset(
                    "style",
                    "body{margin:0;background:#fff}@media screen and (prefers-color-scheme:dark)"
                        + "{body{background:#15171b}}"));
    return "<!doctype html>\n"
        + Element.of("html")
            .set("lang", "en")
            .add(head)
            .add(Element.of("body").add(Element.of("main").add(fragment(report, ""))))
        + "\n";
  }

  private static Set<String> findings(SuiteReport report) {
    return report.judgement().findings().stream().map(Finding::key).collect(Collectors.toSet());
  }

  private static Element files(String base) {
    Element list = Element.of("ul");
    FILES.forEach(
        (file, what) ->
            list.add(Element.of("li").add(Html.link(base + file, file)).text(": " + what)));
    return Html.section("data", "The numbers as files").add(list);
  }

  /** The names of the files that the page links to. */
  static List<String> linked() {
    return List.copyOf(FILES.keySet());
  }

  /** The anchor of a row on the page, for links from elsewhere. */
  public static String rowAnchor(String configuration) {
    return Html.row(configuration);
  }
}
