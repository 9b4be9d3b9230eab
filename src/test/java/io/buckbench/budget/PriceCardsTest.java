package io.buckbench.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceCardsTest {
  private static final PriceCards SHIPPED = PriceCards.read(Path.of("benchmarks/prices.csv"));

  static PriceCard shipped(String id) {
    return SHIPPED.find(id).orElseThrow();
  }

  /** The month's price is $2,107.80; the paper divides it by 720 hours. */
  @ParameterizedTest
  @CsvSource({
    "paper-v100, 1229.718189581554",
    "paper-v100-730, 1246.797608881298",
    "paper-v100-744, 1270.708795900939"
  })
  void a_dollar_buys_different_seconds_under_the_three_month_conventions(
      String card, BigDecimal seconds) {
    assertThat(shipped(card).seconds(BigDecimal.ONE)).isEqualTo(seconds);
  }

  @Test
  void the_papers_1230_seconds_cost_98_7_cents_at_the_providers_convention() {
    assertThat(shipped("paper-v100-730").usd(new BigDecimal("1230")).toPlainString())
        .startsWith("0.9865");
  }

  @Test
  void the_price_per_hour_is_that_of_the_provider() {
    assertThat(shipped("paper-v100-730").gpu().usd())
        .isEqualByComparingTo(shipped("gcp-v100").gpu().usdPerMonth(730)); // 2.48 x 730 = 1810.40
    assertThat(shipped("cpu-2").usdPerHour()).isEqualByComparingTo("0.095");
  }

  @Test
  void the_affordable_seconds_never_cost_more_than_the_budget() {
    for (PriceCard card : SHIPPED.all()) {
      for (String usd : new String[] {"0.000001", "0.0007", "0.05", "1", "3.33", "1000"}) {
        BigDecimal budget = new BigDecimal(usd);
        BigDecimal bought = card.affordableSeconds(budget);
        assertThat(card.usd(card.billedSeconds(bought)))
            .as("%s on %s", usd, card.id())
            .isLessThanOrEqualTo(budget);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.2, 60", "59.5, 60", "60, 60", "60.000000001, 61", "61, 61"})
  void billed_seconds_are_whole_and_at_least_the_minimum(BigDecimal used, BigDecimal billed) {
    assertThat(shipped("gcp-v100").billedSeconds(used)).isEqualByComparingTo(billed);
    assertThat(shipped("paper-v100").billedSeconds(used)).isEqualByComparingTo(used);
  }

  @Test
  void a_budget_below_the_minimum_buys_no_seconds() {
    PriceCard card = shipped("gcp-v100");
    BigDecimal minute = card.usd(new BigDecimal("60"));
    assertThat(card.affordableSeconds(minute.subtract(new BigDecimal("0.0000001")))).isZero();
    assertThat(card.affordableSeconds(minute.add(new BigDecimal("0.0000001"))))
        .isEqualByComparingTo("60");
  }

  @Test
  void the_shipped_price_cards_cover_the_expected_devices_and_name_their_source() {
    assertThat(SHIPPED.all())
        .extracting(PriceCard::device)
        .contains("V100", "T4", "P100", "A100", "L4", "CPU 2 vCPU");
    assertThat(SHIPPED.all()).allSatisfy(card -> assertThat(card.source()).isNotBlank());
    assertThat(SHIPPED.all()).extracting(PriceCard::hoursPerMonth).contains(720, 730, 744);
    assertThat(SHIPPED.all()).extracting(PriceCard::billed).contains(Billed.TRAIN, Billed.ALL);
    assertThat(Throughputs.read(Path.of("benchmarks/throughput.csv")).find("paper-lora-125m"))
        .isPresent();
  }

  @Test
  void all_problems_of_the_file_are_reported_together(@TempDir Path dir) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("prices.csv"),
            """
            id,date,source,region,device,gpu,vm,disk,hours_per_month,billed,granularity_seconds,minimum_seconds,supersedes,note
            a,2023-08-06,s,r,V100,2.48,0/hour,0/hour,725,trian,-1,0,b,
            b,yesterday,,r,CPU,0/hour,0/hour,0/month,730,all,1,60,,
            b,2023-08-06,s,r,CPU,0/hour,1/hour,0/month,730,all,1,60,a,
            """);
    assertThatThrownBy(() -> PriceCards.read(file))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.problems())
                    .extracting(p -> p.where().substring(p.where().lastIndexOf('/') + 1))
                    .containsExactly(
                        "prices.csv:4 column id",
                        "prices.csv:2 column supersedes",
                        "prices.csv:2 column gpu",
                        "prices.csv:2 column billed",
                        "prices.csv:2 column granularity_seconds",
                        "prices.csv:2 column hours_per_month",
                        "prices.csv:3 column date",
                        "prices.csv:3 column source",
                        "prices.csv:3 column vm"))
        .hasMessageContaining("did you mean train?")
        .hasMessageContaining("0.35/hour or 20.00/month");
  }
}
