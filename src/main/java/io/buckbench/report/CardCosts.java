package io.buckbench.report;

import io.buckbench.budget.Billed;
import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.Phase;
import io.buckbench.budget.PriceCard;
import io.buckbench.budget.PriceCards;
import io.buckbench.budget.Throughput;
import io.buckbench.budget.Throughputs;
import io.buckbench.eval.PaidAccuracy;
import io.buckbench.eval.SeedSummary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the same training costs on other price cards. A speed is never guessed: a card is used only
 * if the training's speed on its device is known.
 *
 * <ul>
 *   <li>Under the planned clock, by the recorded throughput that the row names, for cards of its
 *       device.
 *   <li>Under the metered clock, by the trials' own seconds, for cards of the row's device.
 *   <li>For cards of any other device, by a throughput recorded there for the same model, method
 *       and batch as the one that the row names.
 * </ul>
 */
final class CardCosts {
  private final PriceCards cards;
  private final Throughputs throughputs;

  CardCosts(PriceCards cards, Throughputs throughputs) {
    this.cards = cards;
    this.throughputs = throughputs;
  }

  /** Every configuration that answered on every card that its cost is known for. */
  List<PaidWay> of(List<ConfigurationSummary> configurations) {
    List<PaidWay> ways = new ArrayList<>();
    for (ConfigurationSummary c : configurations) {
      if (c.scores().isEmpty()) {
        continue;
      }
      if (c.usd().signum() == 0) {
        ways.add(way(c, c.priceCard(), BigDecimal.ZERO, PaidWay.MEASURED));
      } else if (c.steps() > 0) {
        current().forEach(card -> on(card, c).ifPresent(ways::add));
      }
    }
    return ways;
  }

  private List<PriceCard> current() {
    Set<String> superseded = new LinkedHashSet<>();
    cards.all().forEach(card -> superseded.add(card.supersedes()));
    return cards.all().stream().filter(card -> !superseded.contains(card.id())).toList();
  }

  private Optional<PaidWay> on(PriceCard card, ConfigurationSummary c) {
    Optional<Throughput> named = throughputs.find(c.declared().throughput());
    String ownDevice = cards.find(c.priceCard()).map(PriceCard::device).orElse("");
    if (c.clock() == BudgetClock.METERED && card.device().equals(ownDevice)) {
      BigDecimal train = seconds(c.seconds(Phase.TRAIN));
      BigDecimal others = seconds(c.seconds(Phase.LOAD)).add(seconds(c.seconds(Phase.EVALUATE)));
      return Optional.of(way(c, card.id(), usd(card, train, others), PaidWay.MEASURED));
    }
    return named
        .flatMap(throughput -> recordedOn(card.device(), throughput))
        .map(
            there -> {
              BigDecimal train = seconds(c.steps()).multiply(there.secondsPerStep());
              int rows = c.scores().map(SeedSummary::rows).orElseThrow();
              BigDecimal others = there.loadSeconds().add(there.evaluateSeconds(rows));
              return way(c, card.id(), usd(card, train, others), there.id());
            });
  }

  /** The row's own on its device; on other devices the newest of the same kind. */
  private Optional<Throughput> recordedOn(String device, Throughput named) {
    if (named.device().equals(device)) {
      return Optional.of(named);
    }
    return throughputs.all().stream()
        .filter(t -> t.device().equals(device))
        .filter(t -> t.model().equals(named.model()))
        .filter(t -> t.method().equals(named.method()))
        .filter(t -> t.batch().equals(named.batch()))
        .reduce((earlier, later) -> later);
  }

  private static BigDecimal usd(PriceCard card, BigDecimal train, BigDecimal others) {
    BigDecimal charged = card.billed() == Billed.ALL ? train.add(others) : train;
    return card.usd(card.billedSeconds(charged));
  }

  private static BigDecimal seconds(double seconds) {
    return BigDecimal.valueOf(seconds);
  }

  private static PaidWay way(
      ConfigurationSummary c, String card, BigDecimal usd, String secondsFrom) {
    return new PaidWay(
        c,
        new PaidAccuracy(
            c.configuration(), card, usd, c.scores().map(SeedSummary::accuracy).orElseThrow()),
        secondsFrom);
  }

  /** What the trials cost here, by their own card. */
  static List<PaidWay> measured(List<ConfigurationSummary> configurations) {
    return configurations.stream()
        .filter(c -> c.scores().isPresent())
        .map(c -> way(c, c.priceCard(), c.usd(), PaidWay.MEASURED))
        .toList();
  }
}
