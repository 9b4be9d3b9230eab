package io.buckbench.bench;

import io.buckbench.junit.RowBench;
import io.buckbench.junit.RowReport;
import io.buckbench.junit.SuiteSource;
import io.buckbench.suite.Configuration;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Trains and evaluates every row of {@code -Dbuckbench.suite}, by default of {@code
 * benchmarks/smoke.csv}, with each of its seeds, and reports each row over all its seeds. Nothing
 * is trained unless all checks of the preflight pass.
 */
class SuiteIT {
  @RegisterExtension static final RowBench BENCH = Runs.rows();

  @ParameterizedTest(name = "{argumentSetName}")
  @SuiteSource(value = "smoke", property = Runs.SUITE)
  void row(Configuration configuration) {
    RowReport row = BENCH.await(configuration);
    SoftAssertions.assertSoftly(
        softly -> {
          row.keepsPromises(softly);
          row.statesHypotheses(softly);
          row.isAsAccepted(softly);
        });
  }
}
