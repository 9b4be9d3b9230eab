package io.buckbench.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.ndarray.NDManager;
import io.buckbench.budget.BudgetPlan;
import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Phase;
import io.buckbench.eval.Prediction;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterDirectory;
import io.buckbench.promise.Promise;
import io.buckbench.promise.PromiseCheck;
import io.buckbench.record.Declaration;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.record.SideEffects;
import io.buckbench.record.Truncated;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.Suite;
import io.buckbench.suite.TinyProject;
import io.buckbench.suite.Trial;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Threads;
import io.buckbench.tensor.Torch;
import io.buckbench.tensor.WeightDigest;
import io.buckbench.train.StepMetric;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialRunnerTest {
  @TempDir Path dir;
  private ProjectFixture project;
  private TrialRunner runner;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(dir);
    TinyProject.fill(dir);
  }

  @AfterEach
  void close() {
    if (runner != null) {
      runner.close();
    }
  }

  private List<Trial> trials() {
    Suite suite = project.write().read();
    runner = new TrialRunner(project.benchmarks());
    runner.check(suite);
    return suite.trials();
  }

  private RunRecord run(Trial trial) {
    return run(trial, TrialListener.NONE);
  }

  private RunRecord run(Trial trial, TrialListener listener) {
    Path adapter = dir.resolve("adapter-" + trial.configuration().id());
    List<RunRecord> records = runner.run(trial, recorded -> adapter, listener);
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  @Test
  void every_method_trains_its_declared_parameters_and_keeps_every_promise() {
    List<String> variants =
        List.of(
            "lora/r4_qv", "prompt/p8", "ptuning/p8_h64", "prefix/p8", "ia3/default", "full/full");
    for (String variant : variants) {
      String[] parts = variant.split("/");
      project.row(parts[0], "method=" + parts[0], "variant=" + parts[1], "test_items=4");
    }
    SoftAssertions softly = new SoftAssertions();
    for (Trial trial : trials()) {
      RunRecord run = run(trial);
      String id = trial.configuration().id();
      Architecture shape = Architecture.read(dir.resolve("models/tiny"));
      softly.assertThat(run.status()).as(id + ": " + run.failure()).isEqualTo(RunStatus.COMPLETED);
      softly.assertThat(run.steps()).as(id).hasSize(3);
      softly.assertThat(run.cost().plannedSteps()).as(id).isEqualTo(3);
      softly.assertThat(run.broken()).as(id).isEmpty();
      softly
          .assertThat(run.trainableParameters())
          .as(id)
          .isEqualTo(
              trial.configuration().method().config().orElseThrow().trainableParameters(shape));
      softly.assertThat(run.predictions()).as(id).hasSize(4);
      softly.assertThat(dir.resolve("adapter-" + id).resolve("adapter_config.json")).exists();
    }
    softly.assertAll();
  }

  @Test
  void test_items_come_from_the_declared_split_and_truncated_prompts_are_counted() {
    project
        .row("test", "split=", "max_tokens=48")
        .row("validation", "split=validation", "max_tokens=48")
        .row("roomy", "split=test");
    List<RunRecord> runs = trials().stream().map(this::run).toList();
    assertThat(runs)
        .extracting(run -> run.predictions().get(0).id() + " " + run.declared().split())
        .containsExactly("test.jsonl:1 test", "validation.jsonl:1 validation", "test.jsonl:1 test");
    assertThat(runs.get(0).truncated().trainRows()).isBetween(1L, 48L);
    assertThat(runs.get(0).truncated().askedRows()).isBetween(1L, 8L);
    assertThat(runs.get(2).truncated()).isEqualTo(new Truncated(0, 0));
    assertThat(runs.get(0).trainableSha256())
        .as("the training does not depend on the split of the test items")
        .isEqualTo(runs.get(1).trainableSha256());
  }

  @Test
  void deterministic_algorithms_are_recorded_and_give_the_same_bits_on_a_cpu() {
    for (String variant : List.of("lora/r4_qv", "prefix/p8", "full/full")) {
      String[] parts = variant.split("/");
      for (boolean deterministic : List.of(true, false)) {
        project.row(
            parts[0] + "-" + deterministic,
            "method=" + parts[0],
            "variant=" + parts[1],
            "test_items=4",
            "deterministic=" + deterministic);
      }
    }
    Map<Boolean, List<String>> bits = new LinkedHashMap<>();
    for (Trial trial : trials()) {
      RunRecord run = run(trial);
      assertThat(run.status()).as(run.failure()).isEqualTo(RunStatus.COMPLETED);
      boolean deterministic = run.provenance().pytorchFlags().get("deterministic");
      bits.computeIfAbsent(deterministic, d -> new ArrayList<>()).add(run.trainableSha256());
    }
    assertThat(bits.get(true)).hasSize(3).isEqualTo(bits.get(false));
  }

  @Test
  void declared_threads_decide_the_device_class_whichever_trials_ran_before() {
    for (int threads : List.of(1, 2)) {
      for (String variant : List.of("lora/r4_qv", "full/full")) {
        String[] parts = variant.split("/");
        String[] method = {"method=" + parts[0], "variant=" + parts[1]};
        project.row(parts[0] + threads, method[0], method[1], "threads=" + threads, "test_items=4");
      }
    }
    List<Trial> trials = trials();
    Map<String, RunRecord> first = new LinkedHashMap<>();
    trials.forEach(trial -> first.put(trial.configuration().id(), run(trial)));
    assertThat(Threads.current()).isEqualTo(Threads.standard());
    for (Trial trial : trials) {
      RunRecord again = run(trial);
      RunRecord before = first.get(trial.configuration().id());
      assertThat(again.trainableSha256()).isEqualTo(before.trainableSha256()).hasSize(64);
      assertThat(again.predictions()).isEqualTo(before.predictions());
      int threads = trial.configuration().threads();
      assertThat(again.provenance().threads()).isEqualTo(threads);
      assertThat(again.provenance().deviceClass()).endsWith("-t" + threads);
      assertThat(again.provenance().device()).endsWith(threads == 1 ? "1 thread" : "2 threads");
    }
  }

  @Test
  void mixed_precision_is_recorded_and_keeps_every_promise() {
    project
        .row("lora", "precision=mixed", "test_items=4")
        .row("full", "method=full", "variant=full", "precision=mixed", "test_items=4")
        .row("auto", "precision=auto", "test_items=4")
        .row("single", "precision=float32", "test_items=4")
        .untrained("untouched", Declaration.NONE, "precision=mixed", "test_items=4");
    Map<String, RunRecord> runs = new LinkedHashMap<>();
    trials().forEach(trial -> runs.put(trial.configuration().id(), run(trial)));
    SoftAssertions softly = new SoftAssertions();
    runs.forEach(
        (id, run) -> {
          softly.assertThat(run.status()).as(id).isEqualTo(RunStatus.COMPLETED);
          softly.assertThat(run.broken()).as(id).isEmpty();
          softly.assertThat(run.predictions()).as(id).hasSize(4);
          // Float16 is slow on a CPU, so auto means float32 here.
          boolean mixed = !id.equals("auto") && !id.equals("single");
          softly
              .assertThat(run.provenance().precision())
              .as(id)
              .isEqualTo(mixed ? "mixed" : "float32");
          softly
              .assertThat(run.provenance().sha256().containsKey("precision"))
              .as(id)
              .isEqualTo(mixed);
        });
    softly.assertAll();
    assertThat(runs.get("auto").trainableSha256()).isEqualTo(runs.get("single").trainableSha256());
    assertThat(runs.get("lora").trainableSha256())
        .isNotEqualTo(runs.get("single").trainableSha256());
    double single = runs.get("single").steps().get(0).loss();
    assertThat(runs.get("lora").steps().get(0).loss()).isCloseTo(single, withPercentage(2));
  }

  @Test
  void steps_answers_cost_and_provenance_are_recorded() {
    Trial trial = trials("usd=0.00002", "accumulation=2", "warmup_steps=2").get(0);
    List<String> events = new ArrayList<>();
    RunRecord run =
        run(
            trial,
            new TrialListener() {
              @Override
              public void started(Trial started, BudgetPlan plan) {
                events.add("plan " + plan.steps());
              }

              @Override
              public void stepped(Trial stepped, StepMetric metric, BigDecimal spentUsd) {
                events.add("step " + metric.step());
                assertThat(spentUsd).isPositive();
              }

              @Override
              public void answered(Trial answered, int items, int ofItems) {
                events.add(items + " of " + ofItems);
              }
            });
    assertThat(events)
        .containsExactly(
            "plan 7", "step 1", "step 2", "step 3", "step 4", "step 5", "step 6", "step 7",
            "4 of 8", "8 of 8");
    assertThat(run.steps()).allMatch(s -> Double.isFinite(s.loss()) && s.tokens() > 0);
    assertThat(run.steps())
        .extracting(StepMetric::learningRate)
        .containsExactly(0.0, 0.005, 0.01, 0.008, 0.006, 0.004, 0.002);
    assertThat(run.predictions())
        .extracting(Prediction::id)
        .containsExactly(
            "test.jsonl:1",
            "test.jsonl:2",
            "test.jsonl:3",
            "test.jsonl:4",
            "test.jsonl:5",
            "test.jsonl:6",
            "test.jsonl:7",
            "test.jsonl:8");
    assertThat(run.predictions()).allMatch(p -> p.logProbs().stream().allMatch(value -> value < 0));
    assertThat(run.cost().entries())
        .extracting(CostLedger.Entry::phase)
        .containsExactly(Phase.LOAD, Phase.TRAIN, Phase.EVALUATE);
    assertThat(run.cost().arithmetic()).last().asString().contains("= 7 steps");
    double steps = run.steps().stream().mapToDouble(StepMetric::seconds).sum();
    assertThat(run.cost().entries().get(1).seconds()).isGreaterThanOrEqualTo(steps * 0.999);
    assertThat(run.provenance().sha256().keySet())
        .containsExactly(
            "program",
            "row",
            "budget",
            "data",
            "data set",
            "model",
            "tokenizer",
            "prompt",
            "method");
    assertThat(run.provenance().deviceClass()).matches("cpu-.*-t\\d+");
    assertThat(run.provenance().versions()).containsKeys("java", "djl", "pytorch");
    assertThat(run.declared().columns()).containsEntry("usd", "0.00002");
  }

  @Test
  void a_metered_row_ends_after_its_max_steps_and_the_ledger_shows_it() {
    RunRecord run =
        run(
            trials("clock=metered", "usd=1", "throughput=", "schedule=constant", "max_steps=2")
                .get(0));
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.steps()).hasSize(2);
    assertThat(run.predictions()).hasSize(8);
    assertThat(run.cost().arithmetic()).last().asString().contains("after 2 steps at most");
  }

  private List<Trial> trials(String... changes) {
    project.row("a", changes);
    return trials();
  }

  @Test
  void what_else_a_training_changed_and_needs_is_recorded() {
    project
        .row("lora", "learning_rate=0.5", "usd=0.00004")
        .row("full", "method=full", "variant=full", "learning_rate=0.05", "usd=0.00004")
        .row("prompt", "method=prompt", "variant=p8")
        .untrained("base", "none")
        .untrained("yes", "all-yes");
    Map<String, SideEffects> seen = new LinkedHashMap<>();
    for (Trial trial : trials()) {
      RunRecord run = run(trial);
      assertThat(run.broken()).as(run.configuration()).isEmpty();
      seen.put(run.configuration(), run.sideEffects());
    }
    double base = seen.get("base").perplexityBefore();
    assertThat(base).isBetween(2.0, 10_000.0);
    assertThat(seen.get("base").perplexityAfter()).isEqualTo(base);
    for (String trained : List.of("lora", "full", "prompt")) {
      SideEffects effects = seen.get(trained);
      assertThat(effects.perplexityBefore()).as(trained).isEqualTo(base);
      assertThat(effects.perplexityAfter()).as(trained).isNotEqualTo(base).isPositive();
      assertThat(effects.answerMillis()).as(trained).isPositive();
      assertThat(effects.adapterBytes()).as(trained).isPositive();
      assertThat(effects.peakBytes()).as(trained).isGreaterThan(10_000_000);
    }
    assertThat(seen.get("lora").mergedAnswerMillis()).isPositive();
    assertThat(seen.get("full").mergedAnswerMillis()).isNaN();
    assertThat(seen.get("prompt").mergedAnswerMillis()).isNaN();
    assertThat(seen.get("full").adapterBytes()).isGreaterThan(seen.get("lora").adapterBytes());
    assertThat(seen.get("base").adapterBytes()).isZero();
    assertThat(seen.get("yes")).isEqualTo(SideEffects.NONE);
  }

  @Test
  void a_repeated_trial_is_bit_equal_and_another_seed_differs() {
    List<Trial> trials = trials("seeds=1 2");
    RunRecord first = run(trials.get(0));
    RunRecord again = run(trials.get(0));
    RunRecord other = run(trials.get(1));
    assertThat(again.trainableSha256()).isEqualTo(first.trainableSha256()).hasSize(64);
    assertThat(losses(again)).isEqualTo(losses(first));
    assertThat(again.predictions()).isEqualTo(first.predictions());
    assertThat(again.provenance().sha256()).isEqualTo(first.provenance().sha256());
    assertThat(losses(other)).isNotEqualTo(losses(first));
    assertThat(other.trainableSha256()).isNotEqualTo(first.trainableSha256());
  }

  private static List<Double> losses(RunRecord run) {
    return run.steps().stream().map(StepMetric::loss).toList();
  }

  @Test
  void the_saved_adapter_has_the_trained_parameters() throws IOException {
    Trial trial = trials("learning_rate=0.1").get(0);
    RunRecord run = run(trial);
    assertThat(Files.readString(dir.resolve("adapter-a/adapter_config.json"))).contains("LORA");
    try (CausalLM model = CausalLM.load(dir.resolve("models/tiny"));
        Adapter adapter = AdapterDirectory.load(dir.resolve("adapter-a"), model)) {
      assertThat(WeightDigest.of(adapter.parameters())).isEqualTo(run.trainableSha256());
    }
  }

  @Test
  void rows_without_training_evaluate_the_base_model_or_answer_yes() {
    project
        .untrained("none", "none", "test_items=12")
        .untrained("yes", "all-yes", "test_items=12", "data=control-shuffled");
    List<Trial> trials = trials();
    RunRecord none = run(trials.get(0));
    assertThat(none.steps()).isEmpty();
    assertThat(none.trainableParameters()).isZero();
    assertThat(none.trainableSha256()).isEmpty();
    assertThat(none.broken()).isEmpty();
    assertThat(none.predictions()).hasSize(12);
    RunRecord yes = run(trials.get(1));
    assertThat(yes.predictions()).hasSize(12).allMatch(p -> p.answer() == 0);
    assertThat(yes.totalParameters()).isZero();
    assertThat(yes.cost().plannedSteps()).isZero();
    // The same items in the same order, with other answers.
    assertThat(yes.predictions())
        .extracting(Prediction::id)
        .isEqualTo(none.predictions().stream().map(Prediction::id).toList());
    assertThat(yes.predictions().stream().map(Prediction::wanted).toList())
        .isNotEqualTo(none.predictions().stream().map(Prediction::wanted).toList());
  }

  @Test
  void a_diverged_trial_keeps_its_steps() {
    RunRecord run =
        run(trials("learning_rate=1e30", "warmup_steps=0", "clip_norm=0", "usd=0.001").get(0));
    assertThat(run.status()).isEqualTo(RunStatus.DIVERGED);
    assertThat(run.failure()).contains("expected a finite number");
    assertThat(run.steps()).isNotEmpty().hasSizeLessThan(10);
    assertThat(run.broken().get(0))
        .asString()
        .startsWith("losses and gradients are finite: it div");
    assertThat(run.inspection().baseUnchanged()).isTrue();
    assertThat(run.inspection().leakedArrays()).isZero();
  }

  @Test
  void parameters_that_are_not_finite_break_a_promise() {
    RunRecord run =
        run(
            trials(
                    "method=ia3",
                    "variant=default",
                    "learning_rate=1e39",
                    "warmup_steps=0",
                    "max_steps=1")
                .get(0));
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.broken())
        .extracting(PromiseCheck::promise)
        .containsExactly(Promise.PARAMETERS_FINITE, Promise.LOGITS_FINITE);
    assertThat(run.inspection().nonFiniteParameters()).isEqualTo(run.trainableParameters());
    assertThat(run.inspection().firstNonFinite()).contains("ia3_l");
    assertThat(run.inspection().nonFiniteAnswers()).isEqualTo(8);
  }

  @Test
  void an_array_that_stays_alive_breaks_a_promise() {
    try (NDManager manager = Torch.newManager()) {
      RunRecord run =
          run(
              trials("max_steps=1").get(0),
              new TrialListener() {
                @Override
                public void stepped(Trial stepped, StepMetric metric, BigDecimal spentUsd) {
                  Tensors.zeros(manager, 2);
                }
              });
      assertThat(run.broken())
          .hasToString(
              "[no arrays were left alive: 1 arrays are alive that were not there before the"
                  + " trial]");
    }
  }

  @Test
  void a_failed_trial_is_recorded_with_its_reason() {
    Trial trial = trials("note=").get(0);
    RunRecord run =
        run(
            trial,
            new TrialListener() {
              @Override
              public void stepped(Trial stepped, StepMetric metric, BigDecimal spentUsd) {
                if (metric.step() == 2) {
                  throw new IllegalStateException("the device is gone");
                }
              }
            });
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.failure()).isEqualTo("the device is gone");
    assertThat(run.steps()).hasSize(2);
    assertThat(run.predictions()).isEmpty();
    assertThat(run.broken()).hasToString("[the trial completed: it failed: the device is gone]");
  }

  @Test
  void an_error_ends_only_its_trial() {
    List<Trial> trials = trials("seeds=1 2");
    RunRecord run =
        run(
            trials.get(0),
            new TrialListener() {
              @Override
              public void stepped(Trial stepped, StepMetric metric, BigDecimal spentUsd) {
                throw new StackOverflowError();
              }
            });
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.failure()).isEqualTo("java.lang.StackOverflowError");
    assertThat(run(trials.get(1)).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void a_metered_budget_below_the_first_step_is_a_record_that_says_so() {
    Trial trial =
        trials(
                "clock=metered",
                "usd=0.0000000002",
                "milestones_usd=0.0000000001",
                "throughput=",
                "schedule=constant")
            .get(0);
    RunStore store = new RunStore(dir.resolve("runs"));
    StoredTrials stored = new StoredTrials(store, runner, StoredTrials.Reuse.SAME_PROGRAM);
    List<RunRecord> records = stored.run(trial, TrialListener.NONE);
    assertThat(records).extracting(RunRecord::status).containsOnly(RunStatus.UNAFFORDABLE);
    assertThat(records.get(0).failure()).contains("found $0.0000000001,");
    assertThat(records.get(0).broken()).isEmpty();
    RunRecord own = records.get(1);
    assertThat(own.failure())
        .contains("t.csv:2: found $0.0000000002")
        .contains("expected at least one step of");
    // Its first step was taken and paid for.
    assertThat(own.broken()).extracting(PromiseCheck::promise).containsExactly(Promise.BUDGET_KEPT);
    assertThat(store.find(trial.id())).contains(own);
  }

  @Test
  void stored_trials_are_not_run_again_unless_their_inputs_changed() {
    List<Trial> trials = trials("seeds=1 2");
    RunStore store = new RunStore(dir.resolve("runs"));
    List<String> ended = new ArrayList<>();
    TrialListener listener =
        new TrialListener() {
          @Override
          public void finished(Trial trial, RunRecord record, boolean fromStore) {
            ended.add(trial.seed() + (fromStore ? " was stored" : " ran"));
          }
        };
    StoredTrials stored = new StoredTrials(store, runner, StoredTrials.Reuse.SAME_PROGRAM);
    RunRecord first = stored.run(trials.get(0), listener).get(0);
    trials.forEach(trial -> stored.run(trial, listener));
    assertThat(ended).containsExactly("1 ran", "1 was stored", "2 ran");
    assertThat(store.find(trials.get(0).id())).contains(first);
    assertThat(store.directory(trials.get(0).id()).resolve("adapter/adapter_config.json")).exists();

    ended.clear();
    new StoredTrials(store, runner, StoredTrials.Reuse.NOTHING).run(trials.get(0), listener);
    project
        .onlyRow("a", "seeds=1 2 3", "note=again")
        .write()
        .read()
        .trials()
        .forEach(trial -> stored.run(trial, listener));
    project
        .onlyRow("a", "seeds=1", "learning_rate=2e-2")
        .write()
        .read()
        .trials()
        .forEach(trial -> stored.run(trial, listener));
    assertThat(ended).containsExactly("1 ran", "1 was stored", "2 was stored", "3 ran", "1 ran");
  }
}
