package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.budget.BudgetClock;
import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Phase;
import io.buckbench.budget.Stall;
import io.buckbench.model.CausalLM;
import io.buckbench.promise.Inspection;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import io.buckbench.suite.Trial;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Every command that trains or evaluates has exit status 1 if a promise was broken, and names it.
 */
class BrokenPromisesTest {
  private static final Path NANO = Path.of("src/main/resources/opt-nano");
  private static final String BIAS = "model.decoder.layers.0.fc1.bias";
  private static final String[] WILD = {
    "method=ia3", "variant=default", "learning_rate=1e39", "warmup_steps=0", "max_steps=1"
  };

  /** One project and one run of its suite for all tests: each run starts processes. */
  @TempDir static Path project;

  private static ProjectFixture declared;
  private static int status;
  private static String ranOut;
  private static String ranErr;

  @TempDir Path root;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final String runsBefore = System.getProperty("buckbench.runs");

  @BeforeAll
  static void runSuite() throws IOException {
    TinyProject.fill(project);
    declared =
        new ProjectFixture(project)
            .write(
                "benchmarks/hypotheses.csv",
                """
                id,claim,suites,subject,reference,metric,by,margin,min_effect,sentence,declared,source
                h,at-most,t,configuration=tame,,parse-rate,,5,0,It says nothing,2026-11-24,test
                """)
            .row("wild", WILD)
            .row("tame", "batch_size=8", "max_steps=")
            .write();
    BrokenPromisesTest first = new BrokenPromisesTest();
    first.useRunsOfTheProject();
    status = first.run("run", "t", "--project", project + "", "--workers", "1");
    ranOut = first.out.toString();
    ranErr = first.err.toString();
    first.restore();
  }

  @BeforeEach
  void useRunsOfTheProject() {
    System.setProperty("buckbench.runs", project.resolve("runs").toString());
  }

  private Path rows() throws IOException {
    List<String> all = Files.readAllLines(Path.of("datasets/control/test.jsonl"));
    return Files.write(root.resolve("rows.jsonl"), all.subList(0, 20));
  }

  @AfterEach
  void restore() {
    if (runsBefore == null) {
      System.clearProperty("buckbench.runs");
    } else {
      System.setProperty("buckbench.runs", runsBefore);
    }
  }

  private int run(String... args) {
    CommandLine line = BuckBench.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  private int train(String method, String rate, String... others) throws IOException {
    String[] args = {
      "train",
      "--model",
      NANO + "",
      "--data",
      rows() + "",
      "--seed",
      "1",
      "--method",
      "benchmarks/methods/" + method + ".json",
      "--out",
      root.resolve("adapter") + "",
      "--learning-rate",
      rate
    };
    return run(Stream.of(args, others).flatMap(Arrays::stream).toArray(String[]::new));
  }

  @Test
  void train_does_not_write_an_adapter_that_is_not_finite() throws IOException {
    assertThat(train("ia3/default", "1e39", "--steps=1")).isEqualTo(BuckBench.BROKEN_PROMISE);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("promise broken: train --out " + root.resolve("adapter"))
        .contains("\"parameters are finite\": 1728 numbers are not, the first in base_model.model")
        .endsWith("fetch the model again");
    assertThat(out.toString()).contains("1 steps, $").contains("; wrote nothing, since not all");
    assertThat(root.resolve("adapter")).doesNotExist();
  }

  @Test
  void a_diverged_training_keeps_the_weights_before_the_bad_step() throws IOException {
    assertThat(train("lora/r2_qv", "1e30", "--steps=9")).isEqualTo(BuckBench.BROKEN_PROMISE);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("\"losses and gradients are finite\": it diverged: step ")
        .contains("lower the learning rate");
    assertThat(root.resolve("adapter/adapter_config.json")).exists();
  }

  @Test
  void evaluate_reports_the_nan_of_a_model() throws IOException {
    Path model = root.resolve("model");
    try (CausalLM nano = CausalLM.load(NANO);
        NDManager manager = Torch.newManager()) {
      NDArray bias = nano.weight(BIAS);
      float[] values = Tensors.floats(bias);
      values[7] = Float.NaN;
      Tensors.copyInto(bias, Tensors.of(manager, values, values.length));
      nano.save(model, false);
    }
    Files.copy(NANO.resolve("tokenizer.json"), model.resolve("tokenizer.json"));
    assertThat(run("evaluate", "--model", model + "", "--data", rows() + ""))
        .isEqualTo(BuckBench.BROKEN_PROMISE);
    assertThat(out.toString()).contains("20 items: accuracy 0.00 %");
    assertThat(err.toString())
        .contains("promise broken: evaluate --model " + model)
        .contains("\"parameters are finite\": 1 numbers are not, the first in " + BIAS + "; ")
        .contains("\"logits are finite\": 20 answers were chosen by logits that are not; ");
    assertThat(run("evaluate", "--model", NANO + "", "--data", rows() + ""))
        .isEqualTo(BuckBench.OK);
  }

  @Test
  void run_completes_all_trials_and_then_names_the_one_that_broke_a_promise() {
    assertThat(status).isEqualTo(BuckBench.BROKEN_PROMISE);
    assertThat(ranOut)
        .contains("t/tame seed 1: ")
        .containsPattern("t/wild seed 1: .*\\R  promise broken: parameters are finite: ");
    assertThat(ranErr)
        .contains("promise broken: t/wild seed 1, \"parameters are finite\": ")
        .contains("promise broken: t/wild seed 1, \"logits are finite\": 8 answers")
        .doesNotContain("t/tame");
    assertThat(project.resolve("target/report/t/summary.md"))
        .content()
        .contains("BROKEN: 1 of 2 trials kept their promises")
        .contains("- wild, seed 1: broken promise: parameters are finite: ");
    assertThat(project.resolve("target/report/t/trials.csv"))
        .content()
        .containsPattern("(?m)^wild,.*\"?parameters are finite: .*logits are finite: 8 answers")
        .containsPattern("(?m)^tame,1,COMPLETED,.*,$");
    assertThat(project.resolve("runs/t/wild/seed-1/run.json"))
        .content()
        .contains("\"parameters are finite: ");
    assertThat(runTame()).isEqualTo(BuckBench.OK);
  }

  private int runTame() {
    return run("run", "t", "--project", project + "", "--only", "tame");
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(
            "\"losses and gradients are finite\": it diverged: step 1: the loss is NaN; ",
            fault(run -> run.ended(RunStatus.DIVERGED, "step 1: the loss is NaN"))),
        Arguments.of(
            "\"the base weights are bit-equal\": training an adapter changed the frozen base weights; ",
            fault(run -> run.inspection(new Inspection(false, 0, 0, "", 0)))),
        Arguments.of(
            "\"no arrays were left alive\": 3 arrays are alive that were not there before the trial; ",
            fault(run -> run.inspection(new Inspection(true, 3, 0, "", 0)))),
        Arguments.of(
            "\"the budget was kept\": $1.01 were spent of $1.00, by a stall: step 3 took 8.00 s, the"
                + " longest before it 0.500 s; ",
            fault(
                run ->
                    run.cost(
                        new CostLedger(
                            "cpu-2",
                            BudgetClock.METERED,
                            new BigDecimal("1.00"),
                            3,
                            List.of(),
                            List.of(
                                new CostLedger.Entry(Phase.TRAIN, 9, new BigDecimal("1.01"), true)),
                            List.of(new Stall(3, 8, 0.5, true)))))));
  }

  private static UnaryOperator<RunCopy> fault(UnaryOperator<RunCopy> change) {
    return change;
  }

  /** Faults that cannot be caused from outside are put into a stored record. */
  @ParameterizedTest
  @MethodSource("faults")
  void run_checks_the_records_that_it_reuses(String words, UnaryOperator<RunCopy> fault)
      throws IOException {
    RunStore store = new RunStore(project.resolve("runs"));
    RunRecord kept =
        declared.read().recorded().stream()
            .map(Trial::id)
            .filter(id -> id.configuration().equals("tame"))
            .flatMap(id -> store.find(id).stream())
            .findFirst()
            .orElseThrow();
    replace(store, fault.apply(RunCopy.of(kept)).record());
    try {
      assertThat(runTame()).isEqualTo(BuckBench.BROKEN_PROMISE);
    } finally {
      replace(store, kept);
    }
    assertThat(out.toString()).contains("(from the run store)");
    assertThat(err.toString()).contains("promise broken: t/tame seed 1, " + words);
    assertThat(project.resolve("target/report/t.part/summary.md"))
        .content()
        .contains("0 of 1 trials kept their promises");
  }

  private static void replace(RunStore store, RunRecord record) throws IOException {
    try (RunStore.Draft draft = store.draft()) {
      draft.commit(record);
    }
  }

  @Test
  void calibrate_does_not_record_the_speed_of_work_that_broke_a_promise() {
    assertThat(
            run(
                "calibrate",
                "t",
                "--project",
                project + "",
                "--warmup=0",
                "--steps=4",
                "--test-batches=1",
                "--id-prefix=new"))
        .isEqualTo(BuckBench.BROKEN_PROMISE);
    assertThat(err.toString()).contains("promise broken: calibrate t, tiny-ia3-default-4x120, ");
    assertThat(out.toString()).contains("new-tiny-lora-r4_qv-8x120,").doesNotContain("ia3");
  }
}
