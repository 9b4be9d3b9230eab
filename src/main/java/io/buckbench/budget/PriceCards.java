package io.buckbench.budget;

import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The price cards of {@code benchmarks/prices.csv}, by id, in the file's order. */
public final class PriceCards {
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "date",
          "source",
          "region",
          "device",
          "gpu",
          "vm",
          "disk",
          "hours_per_month",
          "billed",
          "granularity_seconds",
          "minimum_seconds",
          "supersedes",
          "note");

  private final Map<String, PriceCard> byId = new LinkedHashMap<>();

  private PriceCards(List<PriceCard> cards) {
    cards.forEach(card -> byId.put(card.id(), card));
  }

  /**
   * Reads every card.
   *
   * @throws io.buckbench.input.InvalidInputException with everything wrong in the file
   */
  public static PriceCards read(Path file) {
    Problems problems = new Problems();
    PriceCards cards = read(file, problems);
    problems.throwIfAny();
    return cards;
  }

  /** Reads every card that is right and notes what is wrong with the others. */
  public static PriceCards read(Path file, Problems problems) {
    CsvTable table = CsvTable.read(file, COLUMNS, List.of(), problems);
    table.requireUnique("id");
    Superseded superseded = new Superseded();
    return new PriceCards(table.map(row -> card(row, superseded)));
  }

  private static PriceCard card(CsvRow row, Superseded superseded) {
    superseded.check(row);
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
          "choose the convention that the source uses");
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

  /** The card of an id, if there is one. */
  public Optional<PriceCard> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Every id. */
  public Collection<String> ids() {
    return byId.keySet();
  }

  /** Every card. */
  public Collection<PriceCard> all() {
    return byId.values();
  }
}
