package io.buckbench.bench;

import io.buckbench.junit.SuiteSource;
import io.buckbench.junit.TrialBench;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Trial;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Trains and evaluates every row of a suite with each of its seeds: of {@code smoke}, or of {@code
 * -Dbuckbench.suite}, a name or a file. Nothing is trained unless all checks of the preflight pass.
 */
class SuiteIT {
  @RegisterExtension static final TrialBench BENCH = Runs.trials(Runs.named());

  @BeforeAll
  static void preflight() {
    Runs.preflight(Runs.named());
  }

  @ParameterizedTest(name = "{argumentSetName}")
  @SuiteSource(value = "smoke", property = Runs.SUITE)
  void trial(Trial trial) {
    RunRecord run = BENCH.run(trial);
    SoftAssertions.assertSoftly(softly -> BENCH.stateHypotheses(softly, run));
  }
}
