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
 * Computes what trainings cost on all price cards. A price card is used only if the training's
 * speed on its device is known:
 *
 * <ul>
 *   <li>With the planned clock, from the throughput that the row names, for cards of its device.
 *   <li>With the metered clock, from the measured seconds, for cards of the row's device.
 *   <li>For cards of other devices, from a throughput recorded there for the same model, method and
 *       batch as the one that the row names.
 * </ul>
 */
final class CardCosts {
  private final PriceCards cards;
  private final Throughputs throughputs;

  CardCosts(PriceCards cards, Throughputs throughputs) {
    this.cards = cards;
    this.throughputs = throughputs;
  }

  /** Every configuration with answers, on every price card for which its cost is known. */
  List<PricedConfiguration> of(List<ConfigurationSummary> configurations) {
    List<PricedConfiguration> all = new ArrayList<>();
    for (ConfigurationSummary c : configurations) {
      if (c.scores().isEmpty()) {
        continue;
      }
      if (c.usd().signum() == 0) {
        all.add(priced(c, c.priceCard(), BigDecimal.ZERO, PricedConfiguration.MEASURED));
      } else if (c.steps() > 0) {
        current().forEach(card -> on(card, c).ifPresent(all::add));
      }
    }
    return all;
  }

  private List<PriceCard> current() {
    Set<String> superseded = new LinkedHashSet<>();
    cards.all().forEach(card -> superseded.add(card.supersedes()));
    return cards.all().stream().filter(card -> !superseded.contains(card.id())).toList();
  }

  private Optional<PricedConfiguration> on(PriceCard card, ConfigurationSummary c) {
    Optional<Throughput> named = throughputs.find(c.declared().throughput());
    String ownDevice = cards.find(c.priceCard()).map(PriceCard::device).orElse("");
    if (c.clock() == BudgetClock.METERED && card.device().equals(ownDevice)) {
      BigDecimal train = BigDecimal.valueOf(c.seconds(Phase.TRAIN));
      BigDecimal others =
          BigDecimal.valueOf(c.seconds(Phase.LOAD))
              .add(BigDecimal.valueOf(c.seconds(Phase.EVALUATE)));
      return Optional.of(
          priced(c, card.id(), usd(card, train, others), PricedConfiguration.MEASURED));
    }
    return named
        .flatMap(throughput -> recordedOn(card.device(), throughput))
        .map(
            there -> {
              BigDecimal train = BigDecimal.valueOf(c.steps()).multiply(there.secondsPerStep());
              int items = c.scores().map(SeedSummary::items).orElseThrow();
              BigDecimal others = there.loadSeconds().add(there.evaluateSeconds(items));
              return priced(c, card.id(), usd(card, train, others), there.id());
            });
  }

  /** The named throughput on its own device; the newest of the same kind on another one. */
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

  private static PricedConfiguration priced(
      ConfigurationSummary c, String card, BigDecimal usd, String secondsFrom) {
    return new PricedConfiguration(
        c,
        new PaidAccuracy(
            c.configuration(), card, usd, c.scores().map(SeedSummary::accuracy).orElseThrow()),
        secondsFrom);
  }

  /** What the trials cost by their own price card. */
  static List<PricedConfiguration> measured(List<ConfigurationSummary> configurations) {
    return configurations.stream()
        .filter(c -> c.scores().isPresent())
        .map(c -> priced(c, c.priceCard(), c.usd(), PricedConfiguration.MEASURED))
        .toList();
  }
}
