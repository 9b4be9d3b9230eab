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
 * Trains and evaluates every row of {@code benchmarks/paper.csv}, or of {@code -Dbuckbench.suite},
 * with each of its seeds: what {@code ./mvnw verify -Pgpu} runs. Nothing is trained unless every
 * check of the preflight passes, which the build has asked once before and which may have changed.
 */
class PaperSuiteIT {
  @RegisterExtension static final TrialBench BENCH = Runs.trials();

  @BeforeAll
  static void preflight() {
    Runs.preflight(System.getProperty(Runs.SUITE, "paper"));
  }

  @ParameterizedTest(name = "{argumentSetName}")
  @SuiteSource(value = "paper", property = Runs.SUITE)
  void trial(Trial trial) {
    RunRecord run = BENCH.run(trial);
    SoftAssertions.assertSoftly(softly -> BENCH.stateHypotheses(softly, run));
  }
}
