package io.buckbench.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.accepted.AcceptedCommit;
import io.buckbench.accepted.AcceptedTraining;
import io.buckbench.files.WorkTree;
import io.buckbench.golden.Confirmation;
import io.buckbench.golden.GoldenDiff;
import io.buckbench.golden.GoldenText;
import io.buckbench.golden.ResultSource;
import io.buckbench.golden.RowDiff;
import io.buckbench.golden.RowOutcome;
import io.buckbench.golden.SuiteResults;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.lora.LoraConfig;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Method;
import io.qameta.allure.Allure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains a row of the smoke suite with planted faults and checks that the comparison with clean
 * runs detects them. The clean runs are made here, so that the test does not depend on which
 * processors have accepted results. {@code ./mvnw verify -Pplanted} runs it.
 */
@Tag("planted")
class PlantedRegressionIT {
  private static final String LORA = PlantedProject.LORA;
  private static final String FULL = "full";
  private static final String VARIANT = "benchmarks/methods/lora/r16_all.json";

  /** The fewest seeds with which a total collapse is more than chance explains (p = 0.03). */
  private static final int SEEDS = 4;

  @TempDir static Path folder;

  private static ResultSource clean;

  @BeforeAll
  static void train_without_a_fault() throws IOException {
    Runs.beginReport("planted regressions", 1);
    PlantedProject project = PlantedProject.copy(folder.resolve("clean"));
    project.run(LORA, SEEDS, UnaryOperator.identity());
    clean = project.results();
  }

  @Test
  void a_wrong_scale_in_the_file_of_the_variant_is_detected() throws IOException {
    PlantedProject planted =
        PlantedProject.copy(folder.resolve("alpha"))
            .edit(VARIANT, text -> text.replace("\"lora_alpha\": 32", "\"lora_alpha\": 320"))
            .run(LORA, SEEDS, UnaryOperator.identity());
    RowDiff row = detected(planted);
    // B is zero in the first step, so the scale has no effect yet.
    assertThat(row.differences())
        .anyMatch(m -> m.matches("input method [0-9a-f]{8} -> [0-9a-f]{8}"))
        .anyMatch(m -> m.startsWith("seed 1: losses differ by step 4 ("))
        .noneMatch(m -> m.startsWith("declared") || m.startsWith("input data"));
  }

  @Test
  void a_wrong_scale_in_the_program_is_detected() throws IOException {
    PlantedProject planted =
        PlantedProject.copy(folder.resolve("scale"))
            .run(LORA, SEEDS, PlantedRegressionIT::forgettingToDivideByTheRank);
    RowDiff row = detected(planted);
    assertThat(row.differences())
        .anyMatch(m -> m.startsWith("seed 1: losses differ by step 4 ("))
        .noneMatch(m -> m.startsWith("declared") || m.startsWith("input"));
  }

  @Test
  void a_learning_rate_that_is_wrong_by_a_factor_of_ten_is_detected() throws IOException {
    PlantedProject planted = wrongRate("rate").run(LORA, SEEDS, UnaryOperator.identity());
    RowDiff row = detected(planted);
    assertThat(row.differences())
        .startsWith("declared learning_rate 3e-3 -> 3e-2")
        .anyMatch(m -> m.startsWith("seed 1: losses differ by step 4 ("))
        .noneMatch(m -> m.startsWith("input"));
  }

  @Test
  void training_labels_that_are_shifted_by_one_are_detected() throws IOException {
    PlantedProject planted =
        PlantedProject.copy(folder.resolve("labels"))
            .edit("datasets/control/train.jsonl", PlantedRegressionIT::labelsOfTheRowBefore)
            // Its digest would not be the declared one, and no trial would start.
            .edit("benchmarks/datasets.csv", text -> text.replaceAll("\\b[0-9a-f]{64} ?", ""))
            .run(LORA, SEEDS, UnaryOperator.identity());
    RowDiff row = detected(planted);
    assertThat(row.differences())
        .anyMatch(m -> m.matches("input data [0-9a-f]{8} -> [0-9a-f]{8}"))
        .anyMatch(m -> m.startsWith("seed 1: losses differ by step 1 ("))
        .noneMatch(m -> m.startsWith("declared") || m.startsWith("input method"));
  }

  @Test
  void a_row_that_takes_a_fifth_more_steps_than_its_dollar_buys_is_detected() throws IOException {
    PlantedProject planted =
        PlantedProject.copy(folder.resolve("steps"))
            .run(LORA, SEEDS, e -> withPlan(e, e.usd().multiply(new BigDecimal("1.2"))));
    GoldenDiff diff = clean.compareWith(planted.results(), false).get(0);
    show(diff);
    RowDiff row = diff.row(LORA);
    assertThat(diff.exact()).isTrue();
    assertThat(row.breaksPromise()).isTrue();
    assertThat(row.differences())
        .anyMatch(m -> m.startsWith("seed 1: steps 284 -> 341"))
        .noneMatch(m -> m.startsWith("declared") || m.startsWith("input"));
  }

  /**
   * As on another processor: the row is suspected, trained on fresh seeds by this program and by
   * the commit that is checked out, which stands for the accepted one, and called regressed.
   */
  @Test
  void a_suspected_row_is_confirmed_by_the_accepted_commit_on_fresh_seeds() throws IOException {
    SuiteResults golden = onAnotherProcessor(clean.suites().get(0));
    PlantedProject planted = wrongRate("suspected").run(LORA, SEEDS, UnaryOperator.identity());
    SuiteResults fresh = planted.results().suites().get(0);
    assertThat(GoldenDiff.compare(golden, fresh).suspected()).containsExactly(LORA);

    List<Long> seeds = Confirmation.seeds(golden, fresh, LORA).subList(0, SEEDS);
    String declared = seeds.stream().map(String::valueOf).collect(Collectors.joining(" "));
    SuiteResults again =
        wrongRate("again")
            .edit(
                "benchmarks/smoke.csv",
                text -> text.replaceFirst("(\n" + LORA + ",.*,)[0-9 ]+,", "$1" + declared + ","))
            .run(LORA, SEEDS, UnaryOperator.identity())
            .results()
            .suites()
            .get(0);
    AcceptedTraining.Trained trained =
        AcceptedCommit.ofBuild(Path.of(""))
            .train(new WorkTree(Path.of("")).commit().orElseThrow(), "smoke", Map.of(LORA, seeds));
    assertThat(trained.records()).as(trained.words()).hasSize(SEEDS);

    GoldenDiff confirmed =
        GoldenDiff.compare(
            golden,
            fresh,
            new Confirmation(
                again,
                Optional.of(SuiteResults.of(trained.records(), List.of())),
                trained.words()));
    show(confirmed);
    assertThat(confirmed.row(LORA).outcome()).isEqualTo(RowOutcome.REGRESSED);
    assertThat(confirmed.row(LORA).sentence())
        .contains("seen first: ", "; confirmed on " + SEEDS + " fresh seeds, against the accepted")
        .contains("was trained here too");
  }

  private static PlantedProject wrongRate(String name) throws IOException {
    return PlantedProject.copy(folder.resolve(name))
        .edit(
            "benchmarks/smoke.csv",
            text ->
                text.replaceFirst(
                    "(\n" + LORA + ",.*,answer,)" + PlantedProject.RATE + ",", "$13e-2,"));
  }

  /** Uses full fine-tuning, because its bits depend on the number of threads. */
  @Test
  void another_number_of_threads_is_not_a_regression() throws IOException {
    PlantedProject one =
        PlantedProject.copy(folder.resolve("threads")).run(FULL, SEEDS, UnaryOperator.identity());
    PlantedProject two =
        PlantedProject.copy(folder.resolve("other-threads"))
            .edit(
                "benchmarks/smoke.csv",
                text -> text.replaceFirst("(\n" + FULL + ",.*,)1(,planned,)", "$12$2"))
            .run(FULL, SEEDS, UnaryOperator.identity());

    GoldenDiff diff = one.results().compareWith(two.results(), false).get(0);
    show(diff);
    assertThat(diff.exact()).isFalse();
    assertThat(diff.basis()).contains("threads 1 -> 2");
    RowDiff row = diff.row(FULL);
    assertThat(row.differences()).contains("declared threads 1 -> 2");
    assertThat(row.outcome()).isIn(RowOutcome.SAME, RowOutcome.INCONCLUSIVE);
    assertThat(diff.breaksPromise()).isFalse();
  }

  /**
   * Checks that the row is called regressed and not bit-equal, and that it is suspected if equal
   * bits are not promised, as on another processor.
   */
  private static RowDiff detected(PlantedProject planted) {
    ResultSource results = planted.results();
    GoldenDiff diff = clean.compareWith(results, false).get(0);
    show(diff);
    RowDiff row = diff.row(LORA);
    assertThat(diff.exact()).isTrue();
    assertThat(row.outcome()).as(row.sentence()).isEqualTo(RowOutcome.REGRESSED);
    assertThat(row.sentence())
        .startsWith(LORA + ": REGRESSED, and not bit-equal as this device class promises; ")
        .contains("p = ", " after Holm over 1 rows");
    assertThat(row.flips()).isNotEmpty();
    assertThat(diff.verdicts())
        .as("the changed verdict on the row")
        .anyMatch(v -> v.finding().equals("adapter-beats-all-yes/" + LORA) && v.breaksPromise());

    GoldenDiff elsewhere =
        GoldenDiff.compare(clean.suites().get(0), onAnotherProcessor(results.suites().get(0)));
    assertThat(elsewhere.exact()).isFalse();
    assertThat(elsewhere.suspected()).containsExactly(LORA);
    return row;
  }

  private static SuiteResults onAnotherProcessor(SuiteResults s) {
    return new SuiteResults(
        s.format(),
        s.suite(),
        "cpu-of-another-kind",
        s.device(),
        s.threads(),
        s.commit(),
        s.versions(),
        s.sha256(),
        s.testSets(),
        s.rows(),
        s.verdicts());
  }

  private static void show(GoldenDiff diff) {
    System.out.println(GoldenText.of(diff, 3));
    Allure.addAttachment("comparison", "text/plain", GoldenText.of(diff), ".txt");
  }

  /** Scales by alpha instead of alpha / r; the file of the variant is unchanged. */
  private static Configuration forgettingToDivideByTheRank(Configuration e) {
    LoraConfig right = (LoraConfig) e.method().config().orElseThrow();
    MethodConfig wrong =
        LoraConfig.of(
            right.scale().rank(),
            right.scale().alpha() * right.scale().rank(),
            right.dropout(),
            right.targets().modules());
    return with(
        e, new Method(e.method().name(), e.method().variant(), Optional.of(wrong)), e.usd());
  }

  /** Trains for other dollars than those that are declared. */
  private static Configuration withPlan(Configuration e, BigDecimal usd) {
    return with(e, e.method(), usd);
  }

  private static Configuration with(Configuration e, Method method, BigDecimal usd) {
    return new Configuration(
        e.where(),
        e.id(),
        e.data(),
        e.level(),
        method,
        e.model(),
        e.prompt(),
        e.maxTokens(),
        e.maxNewTokens(),
        e.testItems(),
        e.testBatchSize(),
        e.precision(),
        e.training(),
        e.clock(),
        usd,
        e.milestonesUsd(),
        e.priceCard(),
        e.throughput(),
        e.seeds(),
        e.declared());
  }

  /** Replaces each answer by that of the line before; the first becomes that of the last. */
  private static String labelsOfTheRowBefore(String jsonl) {
    Pattern answer = Pattern.compile("(?<=\"answer\": )(true|false)");
    List<String> answers = answer.matcher(jsonl).results().map(r -> r.group()).toList();
    assertThat(answers).hasSize((int) jsonl.lines().count());
    int[] row = {answers.size() - 1};
    return answer
        .matcher(jsonl)
        .replaceAll(r -> Matcher.quoteReplacement(answers.get(row[0]++ % answers.size())));
  }
}
