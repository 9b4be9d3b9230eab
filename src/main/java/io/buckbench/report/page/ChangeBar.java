package io.buckbench.report.page;

import io.buckbench.report.Changes;
import io.buckbench.report.markup.Element;
import java.util.Locale;

/** What changed since the accepted results, with a link to each change. */
final class ChangeBar {
  /** More items than this are counted; the sections below have all of them. */
  private static final int SHOWN = 12;

  private ChangeBar() {}

  static Element of(Changes changes) {
    Element bar =
        Element.of("section")
            .set("id", "changes")
            .set("aria-label", "changes since the accepted results")
            .css("bar " + changes.state().name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .add(Element.of("strong", changes.sentence()));
    if (!changes.items().isEmpty()) {
      Element list = Element.of("ul");
      changes.items().stream().limit(SHOWN).forEach(item -> list.add(item(item)));
      int more = changes.items().size() - SHOWN;
      if (more > 0) {
        list.add(Element.of("li").add(Html.link("#moved", more + " more below")));
      }
      bar.add(list);
    }
    switch (changes.state()) {
      case BROKEN, NOT_COMPARED ->
          bar.add(Html.p("To accept these results: ").add(Html.code(Changes.ACCEPT)).text("."));
      case UNCHANGED, MOVED -> {}
    }
    return bar;
  }

  private static Element item(Changes.Item item) {
    String anchor =
        switch (item.subject()) {
          case ROW -> Html.moved(item.target());
          case VERDICT -> Html.finding(item.target());
          case TRIAL -> Html.trial(item.target());
        };
    return Element.of("li").add(Html.link("#" + anchor, item.name())).text(": " + item.words());
  }
}
