package io.buckbench.budget;

import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The price cards of {@code benchmarks/prices.csv}, by id, in the order of the file. */
public final class PriceCards extends AppendOnlyTable<PriceCard> {
  /** The columns of the file. */
  public static final List<String> COLUMNS =
      List.of(
          ("id,date,source,region,device,gpu,vm,disk,hours_per_month,billed,"
                  + "granularity_seconds,minimum_seconds,supersedes,note")
              .split(","));

  private PriceCards(Path file, Problems problems) {
    super(CsvTable.read(file, COLUMNS, List.of(), problems), PriceCards::card);
  }

  /**
   * Reads the file.
   *
   * @throws io.buckbench.input.InvalidInputException with all problems of the file
   */
  public static PriceCards read(Path file) {
    Problems problems = new Problems();
    PriceCards cards = read(file, problems);
    problems.throwIfAny();
    return cards;
  }

  /** Reads every valid card and reports the problems of the others. */
  public static PriceCards read(Path file, Problems problems) {
    return new PriceCards(file, problems);
  }

  private static PriceCard card(CsvRow row) {
    PriceCard card =
        new PriceCard(
            row.required("id"),
            row.date("date"),
            row.required("source"),
            row.required("region"),
            row.required("device"),
            price(row, "gpu"),
            price(row, "vm"),
            price(row, "disk"),
            row.integer("hours_per_month", 720, 744),
            row.choice("billed", Billed.class),
            row.decimal("granularity_seconds", BigDecimal.ZERO),
            row.decimal("minimum_seconds", BigDecimal.ZERO),
            row.text("supersedes"),
            row.text("note"));
    if (card.usdPerMonth().signum() == 0) {
      row.problem("vm", "a machine that costs nothing", "a price above 0", "fill in its price");
    }
    if (!List.of(720, 730, 744).contains(card.hoursPerMonth())) {
      row.problem(
          "hours_per_month",
          Integer.toString(card.hoursPerMonth()),
          "720, 730 or 744",
          "use the convention of the source");
    }
    return card;
  }

  private static Price price(CsvRow row, String column) {
    Optional<Price> price = Price.parse(row.text(column));
    if (price.isEmpty()) {
      row.problem(
          column,
          "'" + row.text(column) + "'",
          "a price such as 0.35/hour or 20.00/month",
          "write dollars, a slash and hour or month");
    }
    return price.orElse(new Price(BigDecimal.ONE, Price.Per.HOUR));
  }
}
