package io.buckbench.report.page;

import io.buckbench.report.SuiteReport;

/** The text of a report's page without its markup: cells and paragraphs are separated by bars. */
public final class PageText {
  private PageText() {}

  /** The text of the whole page. */
  public static String of(SuiteReport report) {
    return text(ReportPage.fragment(report, "").toString());
  }

  /** The text of a section; the empty string if there is none. */
  public static String section(SuiteReport report, String id) {
    String page = ReportPage.fragment(report, "").toString();
    int from = page.indexOf("<section aria-labelledby=\"" + id + "\"");
    return from < 0 ? "" : text(page.substring(from, page.indexOf("</section>", from)));
  }

  private static String text(String html) {
    return html.replaceAll("<style>[^<]*</style>", "")
        .replaceAll("(<[^>]*>)+", " | ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }
}
