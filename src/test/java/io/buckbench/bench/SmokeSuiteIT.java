package io.buckbench.bench;

import io.buckbench.junit.SuiteSource;
import io.buckbench.junit.TrialBench;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Trial;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;

/** Trains and evaluates every row of {@code benchmarks/smoke.csv} with each of its seeds. */
class SmokeSuiteIT {
  @RegisterExtension static final TrialBench BENCH = Runs.trials("smoke");

  @ParameterizedTest(name = "{argumentSetName}")
  @SuiteSource("smoke")
  void trial(Trial trial) {
    RunRecord run = BENCH.run(trial);
    SoftAssertions.assertSoftly(softly -> BENCH.stateHypotheses(softly, run));
  }
}
