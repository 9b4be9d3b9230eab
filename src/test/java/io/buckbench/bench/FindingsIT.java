package io.buckbench.bench;

import io.buckbench.findings.Finding;
import io.buckbench.junit.SuiteBench;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Judges every hypothesis about the suite on its records in the run store. */
class FindingsIT {
  private static SuiteBench bench;

  @BeforeAll
  static void readRuns() {
    bench = Runs.suite();
    Runs.keep(bench);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("hypotheses")
  void hypothesis(String hypothesis) {
    bench.state(hypothesis);
  }

  static Stream<String> hypotheses() {
    return bench.findings().stream().map(Finding::hypothesis).distinct();
  }

  @Test
  void methods_side_by_side() {
    bench.summarise(Runs.place(bench.runs().suite()));
  }
}
