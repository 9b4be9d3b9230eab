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
 * Runs the trials of a parameterized test and reports them to Allure. After the test method, even
 * if it failed, broken promises fail the test.
 */
public final class TrialBench implements AfterTestExecutionCallback {
  private final Function<Trial, List<RunRecord>> runner;
  private final Function<String, List<RunRecord>> records;
  private final BiFunction<RunRecord, List<RunRecord>, TrialVerdicts> judge;
  private List<RunRecord> last = List.of();

  /**
   * @param runner trains and evaluates a trial, stores its records and returns them: those of its
   *     milestones, then its own
   * @param records returns the stored records of a suite
   * @param judge judges a trial, given the stored records of its suite
   */
  public TrialBench(
      Function<Trial, List<RunRecord>> runner,
      Function<String, List<RunRecord>> records,
      BiFunction<RunRecord, List<RunRecord>, TrialVerdicts> judge) {
    this.runner = runner;
    this.records = records;
    this.judge = judge;
  }

  /** Runs a trial and reports it. */
  public RunRecord run(Trial trial) {
    last = List.of();
    AllureTrial.describe(
        trial.suite(), trial.configuration().id(), trial.seed(), trial.configuration().declared());
    long start = System.currentTimeMillis();
    last = runner.apply(trial);
    RunRecord own = last.get(last.size() - 1);
    AllureTrial.show(own, records.apply(trial.suite()), start);
    AllureEnvironment.write(own.provenance(), AllureEnvironment.results());
    return own;
  }

  /** Reports the hypotheses about a trial's row, judged on this trial only. */
  public void stateHypotheses(SoftAssertions softly, RunRecord run) {
    TrialVerdicts verdicts = judge.apply(run, records.apply(run.suite()));
    StatedHypotheses.state(softly, verdicts.findings());
    Allure.addAttachment(
        "comparison with golden",
        "text/plain",
        verdicts.diff().map(GoldenText::of).orElse("there are no accepted results of this trial\n"),
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
