package io.buckbench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.budget.BudgetClock;
import io.buckbench.data.BatchOptions;
import io.buckbench.data.Side;
import io.buckbench.input.NamePattern;
import io.buckbench.record.Declaration;
import io.buckbench.tensor.Threads;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteTest {
  @TempDir Path dir;
  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(dir);
  }

  private List<String> problems() {
    return project.write().problemsOf(project::read);
  }

  @Test
  void max_steps_is_optional_and_only_for_rows_that_train() {
    assertThat(project.onlyRow("a").write().read().configurations().get(0).maxSteps()).isEmpty();
    Configuration limited =
        project.onlyRow("a", "max_steps=2").write().read().configurations().get(0);
    assertThat(limited.maxSteps()).hasValue(2);
    assertThat(limited.plan().steps()).isEqualTo(2);
    project.onlyRow("a", "max_steps=0");
    assertThat(problems())
        .containsExactly(
            "benchmarks/t.csv:2 column max_steps: found '0', expected a whole number of at least 1;"
                + " correct the number");
    project.onlyRow("a", "max_steps=").untrained("base", "none", "max_steps=2");
    assertThat(problems())
        .containsExactly(
            "benchmarks/t.csv:3 column max_steps: found '2', expected nothing, since none does not"
                + " use it; clear the value");
  }

  @Test
  void a_suite_keeps_order_settings_and_the_declared_row() {
    Suite suite =
        project
            .untrained("base", "none")
            .untrained("yes", "all-yes")
            .row("lora", "seeds=3 1 2", "level=binding", "accumulation=2", "padding=left")
            .write()
            .read();
    assertThat(suite.name()).isEqualTo("t");
    assertThat(suite.configurations())
        .extracting(Configuration::id)
        .containsExactly("base", "yes", "lora");
    Configuration lora = suite.configurations().get(2);
    assertThat(lora.where()).endsWith("t.csv:4");
    assertThat(lora.clock()).isEqualTo(BudgetClock.PLANNED);
    assertThat(lora.training().orElseThrow())
        .isEqualTo(
            new TrainingSettings(
                BatchOptions.Labels.ANSWER,
                1e-2,
                TrainingSettings.ScheduleKind.LINEAR,
                1,
                0,
                0.9,
                0.999,
                1e-8,
                1,
                4,
                2,
                Side.LEFT,
                1,
                OptionalInt.empty()));
    assertThat(lora.declared().columns())
        .containsEntry("variant", "r4_qv")
        .containsEntry("level", "binding");
    assertThat(suite.trials())
        .extracting(Trial::toString)
        .containsExactly(
            "t/base seed 1", "t/yes seed 1", "t/lora seed 3", "t/lora seed 1", "t/lora seed 2");
    assertThat(suite.only(NamePattern.of("lo*")).configurations()).containsExactly(lora);
  }

  @Test
  void the_former_name_of_a_column_is_refused_with_the_present_one() throws IOException {
    Path suite = project.row("a").write().root().resolve("benchmarks/t.csv");
    project.write(
        "benchmarks/t.csv", Files.readString(suite).replace(",test_items,", ",test_rows,"));
    assertThat(project.problemsOf(project::read))
        .containsExactly(
            "benchmarks/t.csv:1: found column test_rows, expected column test_items, its name now;"
                + " rename it in the header");
  }

  @Test
  void all_problems_of_a_suite_are_reported_together() {
    project
        .row("a", "model=tinny", "data=contol", "prompt=papers", "usd=0")
        .row("b", "method=lorra")
        .row("c", "variant=r4_vq", "clock=metred", "price_card=cpu2", "learning_rate=0")
        .row("a", "seeds=1 1", "throughput=", "batch_size=0")
        .row("d", "usd=0")
        .row("e", "usd=0.0000001")
        .row("../f", "test_items=none")
        .untrained("g", "none", "usd=1", "learning_rate=0.1")
        .untrained("h", "all-yes", "model=tiny");
    assertThat(problems())
        .extracting(text -> text.replace("benchmarks/t.csv:", ""))
        .containsExactly(
            "5 column id: found 'a' again, expected a unique value (line 2 has the same); rename"
                + " one of the two",
            "2 column data: found 'contol', expected a known name; did you mean control?",
            "2 column model: found 'tinny', expected a known name; did you mean tiny?",
            "2 column prompt: found 'papers', expected a known name; did you mean paper?",
            "3 column method: found 'lorra', expected a known name; did you mean lora?",
            "4 column variant: found 'r4_vq', expected a known name; did you mean r4_qv?",
            "4 column clock: found 'metred', expected a known name; did you mean metered?",
            "4 column learning_rate: found '0', expected a number above 0; correct" + " the number",
            "4 column price_card: found 'cpu2', expected a known name; did you mean cpu-2?",
            "5 column batch_size: found '0', expected a whole number of at least 1; correct the"
                + " number",
            "5 column throughput: found nothing, expected the speed from which the steps of a"
                + " linear schedule are computed; name a row of throughput.csv, or measure one"
                + " with calibrate",
            "5 column seeds: found '1 1', expected whole numbers separated by spaces, each once,"
                + " such as '1 2 3'; correct the list",
            "8 column id: found '../f', expected letters, digits and . _ -, since it is the name of"
                + " a folder; rename it",
            "8 column test_items: found 'none', expected a whole number of at least 1; correct the"
                + " number",
            "9 column learning_rate: found '0.1', expected nothing, since none does not use it;"
                + " clear the value",
            "9 column usd: found '1', expected nothing, since none does not use it; clear the"
                + " value",
            "10 column model: found 'tiny', expected nothing, since all-yes does not use it; clear"
                + " the value",
            "6: found a budget of $0, expected more than $0; raise usd",
            "7: found $0.0000001, which pays for 0.0037895 s of training by price card cpu-2,"
                + " expected at least one step of 0.1 s; raise usd, or make the step smaller");
  }

  @Test
  void precision_is_float32_if_the_column_is_empty_or_missing() {
    assertThat(project.row("a").write().read().configurations().get(0).precision())
        .isEqualTo(PrecisionChoice.FLOAT32);
    project
        .onlyRow("a", "precision=")
        .row("b", "precision=mixed")
        .row("c", "precision=auto")
        .row("d", "precision=float32");
    assertThat(project.write().read().configurations())
        .extracting(Configuration::precision)
        .containsExactly(
            PrecisionChoice.FLOAT32,
            PrecisionChoice.MIXED,
            PrecisionChoice.AUTO,
            PrecisionChoice.FLOAT32);
  }

  @Test
  void an_unknown_and_an_unused_precision_are_refused() {
    project
        .row("a", "precision=bfloat16")
        .untrained("b", Declaration.ALL_YES, "precision=mixed")
        .write();
    assertThat(project.problemsOf(project::read))
        .containsExactlyInAnyOrder(
            "benchmarks/t.csv:2 column precision: found 'bfloat16', expected a known name; write"
                + " one of float32, mixed, auto",
            "benchmarks/t.csv:3 column precision: found 'mixed', expected nothing, since all-yes"
                + " does not use it; clear the value");
  }

  @Test
  void batch_tokens_is_empty_if_its_column_is_empty_or_missing() {
    assertThat(batchTokens(project.row("a").write().read())).containsExactly(OptionalInt.empty());
    project.onlyRow("a", "batch_tokens=").row("b", "batch_tokens=2048");
    assertThat(batchTokens(project.write().read()))
        .containsExactly(OptionalInt.empty(), OptionalInt.of(2048));
    project
        .onlyRow("a", "batch_tokens=0")
        .untrained("b", Declaration.ALL_YES, "batch_tokens=2048")
        .write();
    assertThat(project.problemsOf(project::read))
        .containsExactlyInAnyOrder(
            "benchmarks/t.csv:2 column batch_tokens: found '0', expected a whole number of at least"
                + " 1; correct the number",
            "benchmarks/t.csv:3 column batch_tokens: found '2048', expected nothing, since all-yes"
                + " does not use it; clear the value");
  }

  private static List<OptionalInt> batchTokens(Suite suite) {
    return suite.configurations().stream()
        .map(row -> row.training().orElseThrow().batchTokens())
        .toList();
  }

  @Test
  void deterministic_is_false_if_its_column_is_empty_or_missing() {
    assertThat(project.row("a").write().read().configurations().get(0).deterministic()).isFalse();
    project
        .onlyRow("a", "deterministic=")
        .row("b", "deterministic=false")
        .row("c", "deterministic=true");
    assertThat(project.write().read().configurations())
        .extracting(Configuration::deterministic)
        .containsExactly(false, false, true);
    project
        .onlyRow("a", "deterministic=yes")
        .untrained("b", Declaration.ALL_YES, "deterministic=true")
        .write();
    assertThat(project.problemsOf(project::read))
        .containsExactlyInAnyOrder(
            "benchmarks/t.csv:2 column deterministic: found 'yes', expected a known name; write one"
                + " of true, false",
            "benchmarks/t.csv:3 column deterministic: found 'true', expected nothing, since all-yes"
                + " does not use it; clear the value");
  }

  @Test
  void threads_are_declared_or_those_of_the_process() {
    assertThat(project.row("a").write().read().configurations().get(0).threads())
        .isEqualTo(Threads.standard());
    project
        .onlyRow("a", "threads=")
        .row("b", "threads=3")
        .untrained("c", Declaration.ALL_YES, "threads=1");
    assertThat(project.write().read().configurations())
        .extracting(Configuration::threads)
        .containsExactly(Threads.standard(), 3, 1);
    project.onlyRow("a", "threads=0").row("b", "threads=all").write();
    assertThat(project.problemsOf(project::read))
        .containsExactlyInAnyOrder(
            "benchmarks/t.csv:2 column threads: found '0', expected a whole number from 1"
                + " to 1024; correct the number",
            "benchmarks/t.csv:3 column threads: found 'all', expected a whole number from 1"
                + " to 1024; correct the number");
  }

  @Test
  void an_unknown_and_a_missing_column_are_reported() {
    project.row("a").write();
    project.write("benchmarks/t.csv", "id,modle,data\na,b,c\n");
    assertThat(project.problemsOf(project::read))
        .contains(
            "benchmarks/t.csv:1: found unknown column 'modle', expected only known columns; did"
                + " you mean model?",
            "benchmarks/t.csv:2 column seeds: found nothing, expected whole numbers separated by"
                + " spaces, each once, such as '1 2 3'; fill it in, here or once in a row"
                + " defaults");
  }

  @Test
  void an_invalid_method_file_is_reported_once_for_all_its_rows() {
    project
        .row("a", "variant=bad")
        .row("b", "variant=bad")
        .row("c", "variant=typo")
        .row("d", "variant=broken")
        .write("benchmarks/methods/lora/bad.json", "{\"peft_type\": \"LORA\", \"r\": 0}")
        .write("benchmarks/methods/lora/typo.json", "{\"peft_type\": \"LORA\", \"lora_alpa\": 4}")
        .write("benchmarks/methods/lora/broken.json", "{\"peft_type\": ");
    assertThat(problems())
        .hasSize(3)
        .anySatisfy(p -> assertThat(p).contains("bad.json").contains("at least 1"))
        .anySatisfy(p -> assertThat(p).contains("typo.json").contains("lora_alpa"))
        .anySatisfy(p -> assertThat(p).contains("broken.json"));
  }

  @Test
  void a_method_file_in_the_wrong_folder_is_refused() {
    project
        .row("a", "variant=ia3")
        .write("benchmarks/methods/lora/ia3.json", "{\"peft_type\": \"IA3\"}");
    assertThat(problems())
        .containsExactly(
            "benchmarks/t.csv:2 column variant: found a file of peft_type IA3, expected one of the"
                + " method lora; move the file to methods/ia3");
  }

  @Test
  void an_unknown_and_an_empty_suite_are_refused() {
    project.row("a").write();
    assertThat(project.problemsOf(() -> Suite.read("tt", dir, dir.resolve("datasets"))))
        .containsExactly(
            "benchmarks: found no suite 'tt', expected the name of a suite; did you mean t?");
    project.write("benchmarks/t.csv", String.join(",", SuiteColumn.names()) + "\n");
    assertThat(project.problemsOf(project::read))
        .containsExactly(
            "benchmarks/t.csv: found no rows, expected one configuration per row; declare"
                + " a configuration");
  }

  @Test
  void milestones_that_cannot_be_served_are_refused() {
    project
        .row("a", "milestones_usd=0.000005")
        .row("b", "schedule=constant", "milestones_usd=0.000005 0.000005")
        .row("c", "schedule=constant", "milestones_usd=0.000005 0.00001")
        .row("d", "schedule=constant", "milestones_usd=0 0.000005")
        .row("e", "schedule=constant", "milestones_usd=five")
        .row("f", "schedule=constant", "milestones_usd=0.0000001 0.000005")
        .untrained("g", "none", "milestones_usd=1");
    assertThat(problems())
        .extracting(text -> text.replace("benchmarks/t.csv:", ""))
        .containsExactly(
            "2 column milestones_usd: found milestones of a training with a linear schedule,"
                + " expected none, since each budget needs its own training, whose rate falls to 0"
                + " at its last step; declare a row for each budget, or use the constant schedule",
            "3 column milestones_usd: found '0.000005 0.000005' with usd 0.00001, expected"
                + " budgets above 0 and below usd in ascending order; correct the list",
            "4 column milestones_usd: found '0.000005 0.00001' with usd 0.00001, expected"
                + " budgets above 0 and below usd in ascending order; correct the list",
            "5 column milestones_usd: found '0 0.000005' with usd 0.00001, expected budgets"
                + " above 0 and below usd in ascending order; correct the list",
            "6 column milestones_usd: found 'five', expected decimal numbers separated by spaces,"
                + " such as '0.05 0.5'; correct the list",
            "8 column milestones_usd: found '1', expected nothing, since none does not use it;"
                + " clear the value",
            "7 column milestones_usd: found $0.0000001, which pays for 0.0037895 s of training by"
                + " price card cpu-2, expected at least one step of 0.1 s; raise usd, or make the"
                + " step smaller");
  }

  @Test
  void recorded_trials_include_milestones() {
    Suite suite =
        project
            .row("a", "seeds=1 2", "schedule=constant", "milestones_usd=0.000003 0.000006")
            .write()
            .read();
    assertThat(suite.trials())
        .extracting(Trial::toString)
        .containsExactly("t/a seed 1", "t/a seed 2");
    assertThat(suite.recorded())
        .extracting(Trial::toString)
        .containsExactly(
            "t/a@0.000003 seed 1",
            "t/a@0.000003 seed 2",
            "t/a@0.000006 seed 1",
            "t/a@0.000006 seed 2",
            "t/a seed 1",
            "t/a seed 2");
    SuitePlan plan = SuitePlan.of(suite, project.benchmarks().throughputs());
    assertThat(plan.rows()).extracting(r -> r.steps().orElseThrow()).containsExactly(1, 2, 3);
    assertThat(plan.usd())
        .as("milestones need no training of their own")
        .isEqualByComparingTo(plan.rows().get(2).usd().orElseThrow());
  }

  @Test
  void an_expression_that_matches_no_row_is_refused_with_the_ids() {
    Suite suite = project.row("a").row("b").write().read();
    assertThat(project.problemsOf(() -> suite.only(NamePattern.of("x"))))
        .containsExactly(
            "--only: found 'x', which no row of t matches, expected whole ids separated by"
                + " |, with * for any text, of a, b; correct the pattern");
  }

  @Test
  void a_plan_on_another_card_uses_the_newest_speed_of_its_device_if_there_is_one() {
    project
        .row("lora", "usd=0.00002")
        .row("wide", "usd=0.00002", "batch_size=8")
        .row("metered", "clock=metered", "usd=1", "throughput=", "schedule=constant");
    project.write(
        "benchmarks/throughput.csv",
        """
        id,date,device,model,method,batch,seconds_per_step,load_seconds,seconds_per_test_row,source,supersedes,calibration,machine,threads,workers
        tiny,2026-11-23,CPU,tiny,any,4 x 60,0.1,0,0,test,,,,,
        old,2026-11-23,T4,tiny,"lora, ia3",4 x 60,0.4,0,0,test,,,,,
        new,2026-11-24,T4,tiny,"lora, ia3",4 x 60,0.02,3,0.5,test,old,,,,
        other,2026-11-24,T4,tiny,prompt,4 x 60,9,0,0,test,,,,,
        vague,2026-11-24,T4,tiny,lora,not stated,9,0,0,test,,,,,
        """);
    Benchmarks benchmarks = project.write().benchmarks();
    SuitePlan plan =
        SuitePlan.of(
            project.read(),
            benchmarks.prices().find("gcp-t4").orElseThrow(),
            benchmarks.throughputs());
    SuitePlan.PlannedRow lora = plan.rows().get(0);
    // Seven steps are planned on the row's own card: 7 x 0.02 s, 3 s to load, 8 items x 0.5 s.
    assertThat(lora.steps()).contains(7);
    assertThat(lora.trialSeconds().orElseThrow()).isEqualByComparingTo("7.14");
    assertThat(lora.trialUsd().orElseThrow().doubleValue())
        .isCloseTo(60 * 0.7574 / 3600, within(1e-6));
    assertThat(plan.rows().get(1).steps()).contains(7);
    assertThat(plan.rows().get(1).trialSeconds()).isEmpty();
    assertThat(plan.rows().get(1).usd()).isEmpty();
    SuitePlan.PlannedRow metered = plan.rows().get(2);
    // 4,753 s for a dollar, of which 4 s are reserved for the answers; loading is not planned.
    assertThat(metered.steps()).contains((4753 - 4) * 50);
    assertThat(metered.budgetSeconds()).isEqualByComparingTo("4753");
    Suite onT4 =
        project
            .onlyRow(
                "metered",
                "clock=metered",
                "usd=1",
                "throughput=",
                "schedule=constant",
                "price_card=paper-t4-3.6.1")
            .write()
            .read();
    // $1 x 730 h x 3600 s / $476.25 a month = 5,518.1 s.
    assertThat(SuitePlan.of(onT4, benchmarks.throughputs()).rows().get(0).steps())
        .as("a speed recorded since the row was declared")
        .contains(275905);
  }

  @Test
  void a_plan_adds_up_seeds_and_rows() {
    Suite suite =
        project
            .untrained("base", "none", "seeds=1 2 3")
            .row("lora", "seeds=1 2 3")
            .row("metered", "clock=metered", "usd=0.0001", "throughput=", "schedule=constant")
            .write()
            .read();
    SuitePlan plan = SuitePlan.of(suite, project.benchmarks().throughputs());
    assertThat(plan.trials()).isEqualTo(7);
    // $0.00001 at $0.095 an hour: 0.37894 s, three steps of 0.1 s.
    assertThat(plan.rows().get(1).steps()).contains(3);
    assertThat(plan.rows().get(1).trialSeconds().orElseThrow()).isEqualByComparingTo("0.3");
    assertThat(plan.rows().get(1).usd().orElseThrow()).isEqualByComparingTo("0.000023749998");
    assertThat(plan.rows().get(2).steps()).isEmpty();
    assertThat(plan.rows().get(2).trialUsd().orElseThrow())
        .isBetween(new BigDecimal("0.000099999999"), new BigDecimal("0.0001"));
    assertThat(plan.usd()).isBetween(new BigDecimal("0.000123"), new BigDecimal("0.000124"));
  }
}
