package io.buckbench.bench;

import io.buckbench.findings.Finding;
import io.buckbench.junit.SuiteBench;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Judges every hypothesis on all records in the run store. */
class FindingsIT {
  private static final Map<String, SuiteBench> SUITES = new LinkedHashMap<>();

  @BeforeAll
  static void readRuns() {
    Runs.suites().forEach(name -> SUITES.put(name, Runs.suite(name)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("hypotheses")
  void hypothesis(String suite, String hypothesis) {
    SUITES.get(suite).state(hypothesis);
  }

  static Stream<Arguments> hypotheses() {
    return SUITES.entrySet().stream()
        .flatMap(
            suite ->
                suite.getValue().findings().stream()
                    .map(Finding::hypothesis)
                    .distinct()
                    .map(hypothesis -> Arguments.of(suite.getKey(), hypothesis)));
  }

  @ParameterizedTest(name = "{0}: methods side by side")
  @MethodSource("suites")
  void summary(String suite) {
    SUITES.get(suite).summarise(Path.of("target", "report", suite), Runs.allureTab(suite));
  }

  static Stream<String> suites() {
    return SUITES.keySet().stream();
  }
}
