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
 * with each of its seeds. {@code ./mvnw verify -Pgpu} runs it. Nothing is trained unless all checks
 * of the preflight pass; the build has run them before, but their results may have changed.
 */
class PaperSuiteIT {
  @RegisterExtension
  static final TrialBench BENCH = Runs.trials(System.getProperty(Runs.SUITE, "paper"));

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
