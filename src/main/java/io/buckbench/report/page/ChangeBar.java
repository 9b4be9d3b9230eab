package io.buckbench.report.page;

import io.buckbench.report.Changes;
import io.buckbench.report.markup.Element;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What changed since the accepted results, with a link to each change. */
final class ChangeBar {
  /** More items than this are folded. */
  private static final int SHOWN = 12;

  private ChangeBar() {}

  /**
   * The bar.
   *
   * @param findings the keys of the findings that the page shows
   */
  static Element of(Changes changes, Set<String> findings) {
    Element bar =
        Element.of("section")
            .set("id", "changes")
            .set("aria-label", "changes since the accepted results")
            .css("bb-bar " + changes.state().name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .add(Element.of("strong", changes.sentence()));
    if (!changes.items().isEmpty()) {
      List<Element> items = changes.items().stream().map(item -> item(item, findings)).toList();
      int shown = Math.min(SHOWN, items.size());
      bar.add(Element.of("ul").add(items.subList(0, shown)));
      if (shown < items.size()) {
        bar.add(
            Html.details(
                "more-changes",
                (items.size() - shown) + " more",
                Element.of("ul").add(items.subList(shown, items.size()))));
      }
    }
    switch (changes.state()) {
      case BROKEN, NOT_COMPARED ->
          bar.add(Html.p("To accept these results: ").add(Html.code(Changes.ACCEPT)).text("."));
      case UNCHANGED, MOVED -> {}
    }
    return bar;
  }

  private static Element item(Changes.Item item, Set<String> findings) {
    String anchor =
        switch (item.subject()) {
          case ROW -> Html.moved(item.target());
          // A withdrawn hypothesis has no finding.
          case VERDICT ->
              findings.contains(item.target()) ? Html.finding(item.target()) : "findings";
          case TRIAL -> Html.trial(item.target());
        };
    return Element.of("li").add(Html.link("#" + anchor, item.name())).text(": " + item.words());
  }
}
