package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.accepted.TrialVerdicts;
import io.buckbench.golden.GoldenText;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Trial;
import io.qameta.allure.Allure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs trials inside a parameterized test and shows them in Allure. When the test method has ended,
 * also with a failure, a broken promise fails the test.
 */
public final class TrialBench implements AfterTestExecutionCallback {
  private final Function<Trial, List<RunRecord>> runner;
  private final Function<String, List<RunRecord>> records;
  private final BiFunction<RunRecord, List<RunRecord>, TrialVerdicts> judge;
  private List<RunRecord> last = List.of();

  /**
   * @param runner trains and evaluates a trial and keeps its record, given last, after those of the
   *     smaller budgets that it served
   * @param records the kept records of a suite
   * @param judge judges a trial, given the kept records of its suite
   */
  public TrialBench(
      Function<Trial, List<RunRecord>> runner,
      Function<String, List<RunRecord>> records,
      BiFunction<RunRecord, List<RunRecord>, TrialVerdicts> judge) {
    this.runner = runner;
    this.records = records;
    this.judge = judge;
  }

  /** Runs a trial and shows what it did. */
  public RunRecord run(Trial trial) {
    last = List.of();
    AllureTrial.describe(
        trial.suite(), trial.configuration().id(), trial.seed(), trial.configuration().declared());
    long start = System.currentTimeMillis();
    last = runner.apply(trial);
    RunRecord own = last.get(last.size() - 1);
    AllureTrial.show(own, records.apply(trial.suite()), start);
    AllureEnvironment.write(own.provenance());
    return own;
  }

  /** States the hypotheses about a trial's row, judged on this trial alone. */
  public void stateHypotheses(SoftAssertions softly, RunRecord run) {
    TrialVerdicts verdicts = judge.apply(run, records.apply(run.suite()));
    StatedHypotheses.state(softly, verdicts.findings());
    Allure.addAttachment(
        "comparison with golden",
        "text/plain",
        verdicts.diff().map(GoldenText::of).orElse("nothing was accepted for this trial yet\n"),
        ".txt");
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (last.isEmpty()) {
      return;
    }
    List<String> broken = new ArrayList<>();
    for (RunRecord run : last) {
      boolean served = run.declared().servedBy().isPresent();
      AllureTrial.show(served ? run.configuration() + ": " : "", run.promises());
      run.broken().forEach(check -> broken.add(check.line(run.id().toString())));
    }
    last = List.of();
    assertThat(broken).as("%s", String.join("\n", broken)).isEmpty();
  }
}
