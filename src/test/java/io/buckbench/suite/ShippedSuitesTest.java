package io.buckbench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.data.Split;
import io.buckbench.findings.UnnamedDifference;
import io.buckbench.junit.Project;
import io.buckbench.model.Architecture;
import io.buckbench.model.Families;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of the suites in {@code benchmarks/}. */
class ShippedSuitesTest {
  private static Suite suite(String name) {
    return Suite.read(name, Path.of(""), Path.of("datasets"));
  }

  private static Map<String, List<Configuration>> grids(Suite suite) {
    return suite.configurations().stream()
        .filter(e -> !e.grid().isEmpty())
        .collect(Collectors.groupingBy(Configuration::grid));
  }

  @Test
  void every_suite_can_be_read_and_planned() {
    Benchmarks benchmarks = Project.HERE.benchmarks();
    assertThat(benchmarks.suites()).contains("smoke", "paper", "paper-steps");
    for (String name : benchmarks.suites()) {
      assertThat(SuitePlan.of(suite(name), benchmarks.throughputs()).rows()).as(name).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoke", "paper", "paper-steps"})
  void reported_suites_use_the_test_split(String name) {
    assertThat(suite(name).configurations()).allMatch(e -> e.split() == Split.TEST);
  }

  @Test
  void next_steps_has_ia3_prefix_tuning_and_a_grid_for_each_method() {
    Suite suite = suite("next-steps");
    assertThat(suite.configurations().stream().filter(e -> e.split() == Split.TEST))
        .extracting(e -> e.method().name())
        .containsOnly("ia3", "prefix");
    Map<String, List<Configuration>> grids = grids(suite);
    assertThat(grids.values().stream().map(rows -> rows.get(0).method().name()))
        .containsExactlyInAnyOrder("full", "lora", "prompt", "ptuning", "prefix", "ia3");
    assertThat(grids.values()).allMatch(rows -> rows.size() >= 3);
  }

  @Test
  void each_grid_of_next_steps_contains_the_rate_and_settings_of_the_paper() {
    Map<Map<String, String>, Set<String>> rates =
        suite("paper").configurations().stream()
            .collect(
                Collectors.groupingBy(
                    ShippedSuitesTest::settings,
                    Collectors.mapping(e -> e.declared().learningRate(), Collectors.toSet())));
    for (String grid : List.of("full", "lora", "prompt", "p-tune")) {
      List<Configuration> rows = grids(suite("next-steps")).get(grid);
      assertThat(rates).containsKey(settings(rows.get(0)));
      assertThat(rows.stream().map(e -> e.declared().learningRate()))
          .containsAll(rates.get(settings(rows.get(0))));
    }
  }

  @Test
  void families_has_a_model_of_each_family_with_three_methods_at_two_prices() {
    Set<String> rows = new TreeSet<>();
    Set<String> modelTypes = new TreeSet<>();
    for (Configuration row : suite("families").configurations()) {
      if (row.model().isPresent()) {
        Path shape = Path.of("benchmarks/shapes", row.model().get().id());
        String type = Families.of(shape.resolve("config.json")).modelType();
        modelTypes.add(type);
        rows.add(type + " " + row.method().name() + " " + row.priceCard().id());
      }
      assertThat(row.usd()).isEqualByComparingTo(row.method().trains() ? "1" : "0");
    }
    assertThat(modelTypes)
        .containsExactly("bloom", "gpt2", "gpt_neox", "llama", "mistral", "opt", "qwen2", "qwen3");
    for (String type : modelTypes) {
      for (String method : List.of("lora", "ia3", "prompt")) {
        assertThat(rows)
            .contains(type + " " + method + " l4-2023", type + " " + method + " l4-2026");
      }
    }
  }

  /** The numbers of parameters are those of the models' pages on the hub. */
  @ParameterizedTest
  @CsvSource({
    "gpt2, 124439808",
    "tinyllama-1.1b, 1100048384",
    "qwen2.5-1.5b, 1543714304",
    "qwen3-0.6b, 596049920",
    "bloom-560m, 559214592",
    "pythia-160m, 162322944",
    "opt-125m, 125239296",
  })
  void a_shape_has_as_many_parameters_as_the_published_model(String model, long parameters) {
    Architecture shape = Architecture.read(Path.of("benchmarks/shapes", model));
    assertThat(shape.parameters()).isEqualTo(parameters);
  }

  @Test
  void the_settings_in_which_compared_rows_of_the_paper_differ_are_found() {
    assertThat(Project.HERE.differences(suite("paper")))
        .extracting(UnnamedDifference::toString)
        .contains(
            "paper-7-size: model opt-125m (lora_2_4_125m, lora_4_8_125m, lora_8_16_125m), opt-350m"
                + " (lora_4_8_350m, lora_8_16_350m, lora_16_32_350m)",
            "paper-7-size: r 2 (lora_2_4_125m), 4 (lora_4_8_350m, lora_4_8_125m), 8 (lora_8_16_350m,"
                + " lora_8_16_125m), 16 (lora_16_32_350m)")
        .noneMatch(line -> line.startsWith("paper-5a-lora: learning_rate"));
  }

  @Test
  void smoke_rates_has_the_settings_of_smoke() {
    Map<String, Configuration> smoke =
        suite("smoke").configurations().stream()
            .collect(Collectors.toMap(Configuration::id, e -> e));
    grids(suite("smoke-rates"))
        .forEach(
            (grid, rows) -> {
              Configuration row = smoke.get(grid);
              assertThat(settings(rows.get(0))).isEqualTo(settings(row));
              assertThat(rows.stream().map(e -> e.declared().learningRate()))
                  .contains(row.declared().learningRate());
            });
  }

  @Test
  void smoke_is_run_and_confirmed_with_other_seeds_than_chose_its_rates() {
    Set<Long> chosen = seeds(suite("smoke-rates"));
    Set<Long> run = new LinkedHashSet<>();
    suite("smoke").configurations().stream()
        .filter(row -> row.method().trains())
        .forEach(row -> run.addAll(row.seeds()));
    assertThat(run)
        .containsExactly(9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L)
        .doesNotContainAnyElementsOf(chosen);
    // Fresh seeds follow the largest one of both sides.
    assertThat(Collections.max(run)).isGreaterThanOrEqualTo(Collections.max(chosen));
  }

  private static Set<Long> seeds(Suite suite) {
    return suite.configurations().stream()
        .flatMap(row -> row.seeds().stream())
        .collect(Collectors.toSet());
  }

  private static Map<String, String> settings(Configuration row) {
    Map<String, String> settings = new LinkedHashMap<>(row.declared().columns());
    settings
        .keySet()
        .removeAll(
            List.of(
                "id",
                "learning_rate",
                "seeds",
                "test_items",
                "note",
                Split.COLUMN,
                GridRows.COLUMN));
    return settings;
  }
}
