package io.buckbench.report.page;

import io.buckbench.eval.SeedSummary;
import io.buckbench.golden.Flip;
import io.buckbench.golden.RowDiff;
import io.buckbench.golden.RowOutcome;
import io.buckbench.report.AcceptedResults;
import io.buckbench.report.ConfigurationSummary;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.chart.ThenNow;
import io.buckbench.report.markup.Element;
import io.buckbench.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The rows that are not as accepted, with their old and new intervals and the flipped answers. */
final class MovedSection {
  /** More changed answers of a row are in the file. */
  private static final int FLIPS_SHOWN = 60;

  private static final int DIFFERENCES_SHOWN = 20;

  private MovedSection() {}

  /** Whether a row is shown here. */
  static boolean moved(RowDiff row) {
    return row.breaksPromise() || row.outcome() != RowOutcome.SAME || !row.flips().isEmpty();
  }

  static Optional<Element> of(SuiteReport report, String base) {
    if (report.judgement().accepted().isEmpty()) {
      return Optional.empty();
    }
    AcceptedResults then = report.judgement().accepted().orElseThrow();
    List<RowDiff> moved = then.diff().rows().stream().filter(MovedSection::moved).toList();
    Element section =
        Html.section("moved", "Rows that moved").add(Html.note(then.diff().basis() + "."));
    if (moved.isEmpty()) {
      return Optional.of(section.add(Html.p("None.")));
    }
    moved.forEach(row -> section.add(row(report, then, row, base)));
    return Optional.of(section);
  }

  private static Element row(SuiteReport report, AcceptedResults then, RowDiff row, String base) {
    String id = row.configuration();
    Interval now =
        report.configurations().stream()
            .filter(c -> c.configuration().equals(id))
            .findFirst()
            .flatMap(ConfigurationSummary::scores)
            .map(SeedSummary::accuracy)
            .orElse(Interval.NONE);
    Optional<Interval> before = Optional.ofNullable(then.accuracies().get(id));
    Element details =
        Html.details(
            Html.moved(id),
            id + ": " + row.outcome() + (row.breaksPromise() ? ", breaks the build" : ""),
            Html.p(row.sentence()));
    if (row.breaksPromise()) {
      details.set("open", "");
    }
    new ThenNow(now.times(100), before.map(interval -> interval.times(100)), OptionalDouble.empty())
        .strip()
        .ifPresent(
            strip -> details.add(Element.of("h3", "Accuracy, %"), Element.of("div").add(strip)));
    if (!row.differences().isEmpty()) {
      Element list = Element.of("ul");
      row.differences().stream()
          .limit(DIFFERENCES_SHOWN)
          .forEach(words -> list.add(Element.of("li", words)));
      details.add(Element.of("h3", "What differs"), list);
      int more = row.differences().size() - DIFFERENCES_SHOWN;
      if (more > 0) {
        details.add(Html.note("and " + more + " more"));
      }
    }
    if (!row.flips().isEmpty()) {
      details.add(flips(row, base));
    }
    return details;
  }

  private static Element flips(RowDiff row, String base) {
    List<List<String>> lines = new ArrayList<>();
    row.flips().stream()
        .limit(FLIPS_SHOWN)
        .forEach((Flip f) -> lines.add(List.of(f.id(), f.wanted(), f.golden(), f.fresh())));
    Element part =
        Element.of("div")
            .add(Element.of("h3", "Flipped answers: " + row.flips().size() + " test items"))
            .add(
                Html.list(
                    "flipped answers of " + row.configuration(),
                    List.of("test item", "right", "accepted, by seed", "now, by seed"),
                    lines));
    if (row.flips().size() > FLIPS_SHOWN) {
      part.add(
          Html.note("All " + row.flips().size() + " are in ")
              .add(Html.link(base + "flips.csv", "flips.csv"))
              .text("."));
    }
    return part;
  }
}
