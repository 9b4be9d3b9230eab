package io.buckbench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Phase;
import io.buckbench.budget.PriceCards;
import io.buckbench.budget.Stall;
import io.buckbench.budget.Throughputs;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.report.page.PageText;
import io.buckbench.report.page.ReportFolder;
import io.buckbench.report.page.ReportPage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReturnOnADollarTest {
  /** Ten cents an hour are 1/36,000 of a dollar per second. */
  private static final String PRICES =
      """
      id,date,source,region,device,gpu,vm,disk,hours_per_month,billed,granularity_seconds,minimum_seconds,supersedes,note
      slow,2026-01-01,test,here,Slow,0/hour,0.1/hour,0/hour,730,train,0,0,,
      slow-all,2026-01-01,test,here,Slow,0/hour,0.1/hour,0/hour,730,all,1,60,,
      quick-old,2026-01-01,test,here,Quick,0/hour,9/hour,0/hour,730,train,0,0,,
      quick,2026-01-01,test,here,Quick,0/hour,1/hour,0/hour,730,train,0,0,quick-old,
      unknown,2026-01-01,test,here,Nowhere,0/hour,0.01/hour,0/hour,730,train,0,0,,
      """;

  private static final String SPEEDS =
      """
      id,date,device,model,method,batch,seconds_per_step,load_seconds,seconds_per_test_row,source,supersedes,calibration,machine,threads,workers
      slow-lora,2026-01-01,Slow,opt-nano,lora r4,16 x 96,0.36,2,0.1,test,,,,,
      quick-lora-old,2026-01-01,Quick,opt-nano,lora r4,16 x 96,9,0,0,test,,,,,
      quick-lora,2026-01-01,Quick,opt-nano,lora r4,16 x 96,0.018,0,0,test,quick-lora-old,,,,
      nowhere-lora-32,2026-01-01,Nowhere,opt-nano,lora r4,32 x 96,0.001,0,0,test,,,,,
      """;

  @TempDir Path dir;
  private PriceCards cards;
  private Throughputs throughputs;

  @BeforeEach
  void read() throws IOException {
    cards = PriceCards.read(Files.writeString(dir.resolve("prices.csv"), PRICES));
    throughputs = Throughputs.read(Files.writeString(dir.resolve("throughput.csv"), SPEEDS));
  }

  /** A trial of a sweep on the card {@code slow} that spent the given dollars. */
  private static RunRecord trial(
      String configuration, long seed, int right, int steps, String usd, BudgetClock clock) {
    RunRecord run = SyntheticRuns.trial(configuration, "lora", seed, right, steps);
    RunCopy copy =
        RunCopy.of(run).declared("throughput", clock == BudgetClock.PLANNED ? "slow-lora" : "");
    int at = configuration.indexOf('@');
    if (at >= 0) {
      copy.declared("served_by", configuration.substring(0, at));
    }
    CostLedger cost =
        new CostLedger(
            "slow",
            clock,
            BigDecimal.ONE,
            steps,
            List.of(),
            List.of(
                new CostLedger.Entry(Phase.LOAD, 3, BigDecimal.ZERO, false),
                new CostLedger.Entry(Phase.TRAIN, 36, new BigDecimal(usd), true),
                new CostLedger.Entry(Phase.EVALUATE, 4, BigDecimal.ZERO, false)),
            List.of());
    return copy.cost(cost).record();
  }

  private static List<RunRecord> sweep(BudgetClock clock) {
    List<RunRecord> records = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      records.add(SyntheticRuns.allYes(seed));
      records.add(trial("lora@0.1", seed, 28 + (int) seed, 10, "0.0009", clock));
      records.add(trial("lora", seed, 35, 100, "0.0101", clock));
      records.add(trial("idle", seed, 27, 100, "0.005", clock));
    }
    return records;
  }

  private SuiteReport report(BudgetClock clock) {
    return SuiteReport.of(sweep(clock), Judgement.NONE).pricedBy(cards, throughputs);
  }

  @Test
  void the_table_equals_the_expected_file_and_is_in_the_section() throws IOException {
    assertThat(PageText.section(report(BudgetClock.PLANNED), "cost"))
        .contains("idle", "lora on quick", "Controls are never on it")
        .contains("| quick | quick-lora | 0.000500 | 87.5 [");
    assertThat(report(BudgetClock.PLANNED).returnsCsv()).isEqualTo(resource("returns.csv"));
  }

  @Test
  void a_planned_row_whose_speed_comes_from_elsewhere_is_named() throws IOException {
    assertThat(PageText.of(report(BudgetClock.PLANNED)))
        .contains(
            "recorded speeds of planned rows | all from a note of 2026-01-01 on Slow, without a"
                + " calibration");
    assertThat(PageText.of(report(BudgetClock.METERED))).doesNotContain("recorded speeds");
    Throughputs mixed =
        Throughputs.read(
            Files.writeString(
                dir.resolve("mixed.csv"),
                SPEEDS
                    + "fast,2026-01-02,Slow,opt-nano,lora r4,16 x 96,0.3,2,0.1,test,,"
                    + "2026-01-02T10:00:00Z,AMD EPYC,1,2\n"));
    List<RunRecord> records = new ArrayList<>(sweep(BudgetClock.PLANNED));
    records.replaceAll(
        run ->
            run.configuration().equals("idle")
                ? RunCopy.of(run).declared("throughput", "fast").record()
                : run);
    assertThat(PageText.of(SuiteReport.of(records, Judgement.NONE).pricedBy(cards, mixed)))
        .contains("not all from one calibration, so a dollar is not the same: lora from a note of")
        .contains("; idle from calibration 2026-01-02T10:00:00Z on AMD EPYC, 1 thread, 2 workers");
  }

  @Test
  void with_the_planned_clock_costs_are_computed_from_recorded_speeds() {
    assertThat(report(BudgetClock.PLANNED).returns().byCard())
        .filteredOn(priced -> priced.configuration().configuration().equals("lora"))
        .extracting(
            priced -> priced.paid().priceCard() + " " + priced.secondsFrom(), priced -> usd(priced))
        .containsExactlyInAnyOrder(
            // 100 steps x 0.36 s = 36 s.
            tuple("slow slow-lora", "0.001"),
            // With 2 s for loading and 40 items x 0.1 s it is 42 s; a minute is charged.
            tuple("slow-all slow-lora", "0.00166666"),
            // 100 steps x 0.018 s = 1.8 s at a dollar an hour.
            tuple("quick quick-lora", "0.0005"));
  }

  @Test
  void with_the_metered_clock_costs_are_computed_from_measured_seconds_on_the_same_device() {
    assertThat(report(BudgetClock.METERED).returns().byCard())
        .filteredOn(priced -> priced.configuration().configuration().equals("lora"))
        .extracting(
            priced -> priced.paid().priceCard() + " " + priced.secondsFrom(), priced -> usd(priced))
        .containsExactlyInAnyOrder(
            tuple("slow measured", "0.001"), tuple("slow-all measured", "0.00166666"));
  }

  private static String usd(PricedConfiguration priced) {
    return priced.paid().usd().setScale(8, RoundingMode.DOWN).stripTrailingZeros().toPlainString();
  }

  @Test
  void the_cheapest_configurations_are_shown_for_the_given_accuracies() {
    String page = PageText.of(report(BudgetClock.PLANNED).reaching(List.of(0.99, 0.7)));
    assertThat(page)
        .contains("| 99.0 | none of these | none of these |")
        .doesNotContain("| 75.0 |");
    assertThat(page.indexOf("| 70.0 |")).isLessThan(page.indexOf("| 99.0 |"));
  }

  @Test
  void costs_on_a_single_price_card_have_no_table_by_card() {
    SuiteReport plain = SuiteReport.of(sweep(BudgetClock.PLANNED), Judgement.NONE);
    assertThat(PageText.of(plain))
        .contains("Accuracy against dollars")
        .doesNotContain("on every price card");
    assertThat(plain.returnsCsv()).doesNotContain("by-card");
  }

  @Test
  void without_paid_configurations_there_is_no_section() {
    SuiteReport free = SuiteReport.of(List.of(SyntheticRuns.allYes(1)), Judgement.NONE);
    assertThat(PageText.section(free, "cost")).isEmpty();
  }

  @Test
  void a_configuration_that_overspent_takes_no_place_on_the_front_and_is_cheapest_for_nothing() {
    List<RunRecord> records = new ArrayList<>(sweep(BudgetClock.METERED));
    RunRecord stalled = records.get(2);
    assertThat(stalled.configuration()).isEqualTo("lora");
    records.set(
        2,
        RunCopy.of(stalled).metered("0.01").stalls(List.of(new Stall(100, 8, 0.3, true))).record());
    SuiteReport report = SuiteReport.of(records, Judgement.NONE);
    assertThat(PageText.of(report))
        .contains("1 over budget, of 12 trials.", "lora, seed 1 | : over budget: ")
        .contains("overspent its metered budget takes no place on the front")
        .contains("step 100 took 8.00 s, the longest before it 0.300 s")
        .doesNotContain("lora, $");
    assertThat(report.returnsCsv()).containsPattern("(?m)^measured,lora,.*,false$");
    assertThat(report.trialsCsv()).contains("by a stall: step 100");
    assertThat(report.csv()).containsPattern("(?m)^lora,.*,1,true,");
  }

  @Test
  void what_a_planned_trial_measured_beyond_its_dollars_is_said_next_to_them() {
    List<RunRecord> records = new ArrayList<>();
    for (RunRecord run : sweep(BudgetClock.PLANNED)) {
      records.add(RunCopy.of(run).planned("0.008").record());
    }
    String page = ReportPage.fragment(SuiteReport.of(records, Judgement.NONE), "").toString();
    assertThat(page)
        .containsOnlyOnce("3 of 3 trials measured more than the planned $0.00800, by up to 26.2 %");
  }

  @Test
  void the_section_says_if_no_paid_configuration_is_better_than_the_free_ones() {
    SuiteReport report =
        SuiteReport.of(
            List.of(SyntheticRuns.allYes(1), trial("lora", 1, 20, 10, "0.1", BudgetClock.PLANNED)),
            Judgement.NONE);
    assertThat(PageText.of(report))
        .contains("No paid row reaches the next multiple of 5 % above the free ones.");
  }

  @Test
  void the_chart_connects_the_milestones_of_a_training_and_shows_the_front(@TempDir Path folder)
      throws IOException {
    SuiteReport report = report(BudgetClock.PLANNED);
    assertThat(ReportFolder.costSvg(report))
        .contains(">lora</text>", ">idle</text>", ">all-yes (free)</text>", "class=\"pareto\"")
        .contains(">lora@0.1</text>")
        .containsOnlyOnce("class=\"thin\"")
        // 0.0009 to 0.0101 is more than a decade, so the scale is logarithmic.
        .contains(">0.001</text>", ">0.002</text>", ">0.005</text>", ">0.01</text>");
    ReportFolder.write(report, folder);
    assertThat(folder.resolve("cost-by-card.svg"))
        .content()
        .contains(">lora on quick</text>", ">lora on slow-all</text>");
    assertThat(folder.resolve("return-on-a-dollar.csv")).hasContent(report.returnsCsv());
  }

  private static String resource(String name) throws IOException {
    try (var in = ReturnOnADollarTest.class.getResourceAsStream("/report/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
