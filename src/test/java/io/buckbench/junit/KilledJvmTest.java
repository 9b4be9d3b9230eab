package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Starts a JVM that is killed during its second test, as if it were out of memory. */
class KilledJvmTest {
  private static final int KILLED = 137;

  @Test
  void the_running_test_of_a_killed_jvm_is_a_broken_result(@TempDir Path results) throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "-Dallure.results.directory=" + results,
                // The JVMs of this build write the other one.
                "-Djqwik.database=" + results.resolve("jqwik-database"),
                KilledJvmTest.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(results.resolve("output.txt").toFile())
            .start();
    assertThat(jvm.waitFor(180, TimeUnit.SECONDS)).isTrue();
    assertThat(jvm.exitValue()).isEqualTo(KILLED);

    List<JsonNode> written = new ArrayList<>();
    for (File file : results.toFile().listFiles((dir, name) -> name.endsWith("-result.json"))) {
      written.add(new ObjectMapper().readTree(file));
    }
    assertThat(written)
        .extracting(r -> seed(r) + " " + r.path("status").asText())
        .containsExactlyInAnyOrder("1 passed", "2 broken");
    JsonNode broken = written.stream().filter(r -> seed(r).equals("2")).findFirst().orElseThrow();
    assertThat(broken.at("/statusDetails/message").asText()).isEqualTo(ResultAtStart.MESSAGE);
    assertThat(broken.path("historyId").asText()).hasSize(32);
    assertThat(Files.readString(results.resolve("output.txt"))).doesNotContain("Exception");
  }

  private static String seed(JsonNode result) {
    for (JsonNode parameter : result.path("parameters")) {
      if (parameter.path("name").asText().equals("seed")) {
        return parameter.path("value").asText();
      }
    }
    return "no seed";
  }

  /** The main method of the child JVM. */
  public static void main(String[] args) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Dying.class))
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .build());
  }

  static class Dying {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void row(long seed) {
      AllureTest.describe(Place.row("mini", "row-" + seed), "row " + seed);
      AllureTest.parameters(Map.of("seed", Long.toString(seed)));
      if (seed == 2) {
        Runtime.getRuntime().halt(KILLED);
      }
    }
  }
}
