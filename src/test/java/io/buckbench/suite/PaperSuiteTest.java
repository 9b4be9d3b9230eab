package io.buckbench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.Throughputs;
import io.buckbench.eval.AnswerSheets;
import io.buckbench.findings.RunFixtures;
import io.buckbench.golden.GoldenStore;
import io.buckbench.golden.SuiteResults;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.TargetModules;
import io.buckbench.peft.lora.LoraConfig;
import io.buckbench.peft.prompt.PromptConfig;
import io.buckbench.peft.ptuning.PtuningConfig;
import io.buckbench.report.PaperTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the paper's table with the suite that repeats it. */
class PaperSuiteTest {
  /** A second copy of table 1: name, accuracy, balanced accuracy, steps, dollars. */
  private static final String TABLE =
      """
      opt-125m 0.06 0.05 - -
      all-yes-base 61.28 50.00 - -
      full-fine-tune 0.00 0.00 2300 0.97
      lora_2_4_125m 52.29 42.69 800 0.93
      lora_4_8_125m 56.33 48.17 800 0.93
      lora_8_16_125m 60.61 49.57 800 0.92
      prompt_2_125m 0.73 0.60 900 0.98
      prompt_48_125m 42.20 38.68 850 0.95
      prompt_96_125m 25.02 22.07 850 0.96
      prompt_192_125m 59.57 49.16 850 1.05
      p-tune_48_64_125m 0.12 0.13 850 0.93
      p-tune_2_128_125m 0.37 0.30 800 0.87
      p-tune_10_128_125m 0.61 0.56 800 0.86
      lora_4_8_350m 29.66 24.70 800 0.91
      lora_8_16_350m 53.76 45.17 800 0.91
      lora_16_32_350m 44.95 39.53 800 0.91
      """;

  private static final Path PRINTED = Path.of("benchmarks/paper-table1.csv");
  private static final Suite SUITE = Suite.read("paper", Path.of(""), Path.of("datasets"));

  private static final Suite STEPS = Suite.read("paper-steps", Path.of(""), Path.of("datasets"));

  private static List<Configuration> trained() {
    return SUITE.configurations().stream().filter(e -> e.method().trains()).toList();
  }

  @Test
  void the_shipped_table_has_the_numbers_of_the_paper() {
    String read =
        PaperTable.read(PRINTED).rows().stream()
            .map(
                row ->
                    String.format(
                        Locale.ROOT,
                        "%s %.2f %.2f %s %s%n",
                        row.configuration(),
                        row.accuracyPercent(),
                        row.balancedAccuracyPercent(),
                        row.steps() == 0 ? "-" : row.steps(),
                        row.usd().map(BigDecimal::toPlainString).orElse("-")))
            .collect(Collectors.joining());
    assertThat(read).isEqualToNormalizingNewlines(TABLE);
  }

  @Test
  void the_suite_has_the_same_rows_in_the_same_order() {
    assertThat(SUITE.configurations())
        .extracting(Configuration::id)
        .isEqualTo(
            PaperTable.read(PRINTED).rows().stream().map(PaperTable.Row::configuration).toList());
  }

  @Test
  void every_trained_row_has_a_metered_dollar_which_pays_for_1_229_7_seconds() {
    SuitePlan plan = SuitePlan.of(SUITE, Throughputs.read(Path.of("benchmarks/throughput.csv")));
    assertThat(trained()).hasSize(14).allMatch(e -> e.clock() == BudgetClock.METERED);
    assertThat(plan.rows().subList(2, 16))
        .allSatisfy(
            row -> {
              assertThat(row.trialSeconds().orElseThrow().doubleValue()).isBetween(1229.7, 1229.75);
              assertThat(row.trialUsd().orElseThrow())
                  .isBetween(new BigDecimal("0.999999"), BigDecimal.ONE);
              assertThat(row.steps()).as("no speed of ours was measured on a V100").isEmpty();
            });
  }

  @Test
  void paper_steps_has_the_same_rows_except_for_what_ends_a_training_and_three_seeds() {
    List<String> own = List.of("clock", "throughput", "seeds", "note");
    assertThat(STEPS.configurations())
        .extracting(row -> without(row, own))
        .isEqualTo(SUITE.configurations().stream().map(row -> without(row, own)).toList());
    for (Configuration row : STEPS.configurations()) {
      assertThat(row.clock()).isEqualTo(BudgetClock.PLANNED);
      assertThat(row.seeds()).hasSize(row.method().trains() ? 3 : 1);
    }
    assertThat(trained()).allMatch(row -> row.seeds().size() == 8);
  }

  private static Map<String, String> without(Configuration row, List<String> columns) {
    Map<String, String> kept = new LinkedHashMap<>(row.declared().columns());
    kept.keySet().removeAll(columns);
    return kept;
  }

  /** A dollar at the recorded speed of each method; the paper stopped between $0.86 and $1.05. */
  @Test
  void the_steps_of_paper_steps_are_those_that_a_dollar_bought_in_the_paper() {
    List<PaperTable.Row> printed = PaperTable.read(PRINTED).rows();
    for (int i = 0; i < printed.size(); i++) {
      Configuration row = STEPS.configurations().get(i);
      int steps = row.plan().steps();
      if (!row.method().trains()) {
        assertThat(steps).isZero();
        continue;
      }
      double perDollar = printed.get(i).steps() / printed.get(i).usd().orElseThrow().doubleValue();
      assertThat((double) steps).as(row.id()).isCloseTo(perDollar, withinPercentage(11));
    }
    assertThat(STEPS.configurations().stream().map(row -> row.plan().steps()).distinct())
        .containsExactly(0, 2369, 859, 897, 910, 878);
  }

  @Test
  void names_agree_with_the_methods() {
    for (Configuration row : trained()) {
      String[] name = row.id().split("_");
      String model = name[name.length - 1];
      MethodConfig config = row.method().config().orElseThrow();
      if (config instanceof LoraConfig lora) {
        assertThat("lora_%d_%.0f_".formatted(lora.scale().rank(), lora.scale().alpha()) + model)
            .isEqualTo(row.id());
        assertThat(lora.dropout()).isEqualTo(0.05);
        assertThat(lora.targets().modules())
            .contains(TargetModules.named(List.of("q_proj", "v_proj")));
      } else if (config instanceof PromptConfig prompt) {
        assertThat("prompt_" + prompt.virtualTokens() + "_" + model).isEqualTo(row.id());
      } else if (config instanceof PtuningConfig ptuning) {
        assertThat(
                "p-tune_"
                    + ptuning.virtualTokens()
                    + "_"
                    + ptuning.encoderHiddenSize().orElseThrow()
                    + "_"
                    + model)
            .isEqualTo(row.id());
      } else {
        assertThat(row.id()).isEqualTo("full-fine-tune");
        model = "125m";
      }
      assertThat(row.model().orElseThrow().id()).isEqualTo("opt-" + model);
    }
  }

  @Test
  void trained_rows_differ_only_in_method_model_and_rate() {
    Set<String> settings =
        trained().stream()
            .map(
                row -> {
                  TrainingSettings t = row.training().orElseThrow();
                  return t.toString().replace("learningRate=" + t.learningRate(), "")
                      + row.maxTokens()
                      + row.maxNewTokens()
                      + row.prompt()
                      + row.testItems()
                      + row.seeds()
                      + row.split();
                })
            .collect(Collectors.toSet());
    assertThat(settings).hasSize(1);
  }

  @Test
  void accepting_results_never_overwrites_the_table_of_the_paper(@TempDir Path folder)
      throws IOException {
    Path table = Files.copy(PRINTED, folder.resolve("paper-table1.csv"));
    SuiteResults any =
        SuiteResults.of(
            List.of(
                RunFixtures.run(
                    "lora_8", 1, AnswerSheets.of(AnswerSheets.counts(3, 1, 0, 2, 1, 0)))),
            List.of());
    for (String suite : List.of("paper", "paper-steps", "paper-table1", "paper-table1.csv")) {
      Path written =
          new GoldenStore(folder)
              .write(
                  new SuiteResults(
                      any.format(),
                      suite,
                      any.deviceClass(),
                      any.device(),
                      any.threads(),
                      any.commit(),
                      any.versions(),
                      any.sha256(),
                      any.testSets(),
                      any.rows(),
                      any.verdicts()));
      assertThat(written).exists().isNotEqualTo(table);
    }
    assertThat(table).hasSameBinaryContentAs(PRINTED);
    assertThat(new GoldenStore(folder).find("paper-table", "x")).isEmpty();
  }
}
