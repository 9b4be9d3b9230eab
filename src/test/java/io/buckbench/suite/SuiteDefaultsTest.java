package io.buckbench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.peft.lora.LoraConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a row leaves open, and settings of a method in the row. */
class SuiteDefaultsTest {
  @TempDir Path dir;
  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(dir);
  }

  private ProjectFixture suite(String... lines) {
    return project.write("benchmarks/t.csv", String.join("\n", lines) + "\n");
  }

  private Configuration only(String... lines) {
    return suite(lines).read().configurations().get(0);
  }

  private static final String HEADER = "id,data,method,variant,model,learning_rate,usd,price_card";
  private static final String REST = "test_items,prompt,seeds";

  @Test
  void a_row_states_what_matters_and_the_rest_has_the_usual_values() {
    Configuration row =
        only(HEADER + "," + REST, "a,control,lora,r4_qv,tiny,1e-3,1,cpu-2,8,paper,1 2");
    assertThat(row.maxTokens()).isEqualTo(256);
    TrainingSettings training = row.training().orElseThrow();
    assertThat(training.batchSize()).isEqualTo(16);
    assertThat(training.beta2()).isEqualTo(0.999);
    assertThat(training.schedule()).isEqualTo(TrainingSettings.ScheduleKind.CONSTANT);
    assertThat(row.clock()).isEqualTo(io.buckbench.budget.BudgetClock.METERED);
    assertThat(row.declared().value("clip_norm")).as("the record states it").isEqualTo("1");
  }

  @Test
  void the_row_defaults_holds_where_others_are_silent_and_only_for_what_their_method_uses() {
    Suite suite =
        suite(
                HEADER + ",batch_size," + REST,
                "defaults,control,lora,r4_qv,tiny,1e-3,1,cpu-2,4,8,paper,1 2",
                "a,,,,,,,,,,,",
                "b,,,r8_qv,,3e-3,,,8,,,3",
                "c,,ia3,,,,,,,,,",
                "d,,none,,,,,,,,,",
                "e,,all-yes,,,,,,,,,")
            .read();
    assertThat(suite.configurations())
        .extracting(Configuration::id)
        .containsExactly("a", "b", "c", "d", "e");
    Configuration a = suite.configurations().get(0);
    Configuration b = suite.configurations().get(1);
    assertThat(a.method().variant()).isEqualTo("r4_qv");
    assertThat(a.seeds()).containsExactly(1L, 2L);
    assertThat(b.method().variant()).isEqualTo("r8_qv");
    assertThat(b.training().orElseThrow().batchSize()).isEqualTo(8);
    assertThat(b.seeds()).containsExactly(3L);
    assertThat(suite.configurations().get(2).method().variant())
        .as("the variant is another method's")
        .isEmpty();
    assertThat(suite.configurations().get(3).declared().value("learning_rate")).isEmpty();
    assertThat(suite.configurations().get(4).declared().value("model")).isEmpty();
  }

  @Test
  void a_value_is_the_same_wherever_it_is_written() {
    Suite spelled =
        suite(
                HEADER + "," + REST,
                "a,control,lora,r4_qv,tiny,1e-3,1,cpu-2,8,paper,1",
                "b,control,lora,r4_qv,tiny,3e-3,1,cpu-2,8,paper,1")
            .read();
    Suite shared =
        suite(
                HEADER + "," + REST,
                "defaults,control,lora,r4_qv,tiny,,1,cpu-2,8,paper,1",
                "a,,,,,1e-3,,,,,",
                "b,,,,,3e-3,,,,,")
            .read();
    assertThat(shared.configurations())
        .extracting(row -> row.declared().toString())
        .containsExactlyElementsOf(
            spelled.configurations().stream().map(row -> row.declared().toString()).toList());
  }

  @Test
  void what_is_still_open_is_named_with_where_to_write_it() {
    suite("id,data,method,model", "a,control,lora,tiny");
    assertThat(project.problemsOf(project::read))
        .contains(
            "benchmarks/t.csv:2 column learning_rate: found nothing, expected a number above 0;"
                + " fill it in, here or once in a row defaults",
            "benchmarks/t.csv:2 column seeds: found nothing, expected whole numbers separated by"
                + " spaces, each once, such as '1 2 3'; fill it in, here or once in a row defaults")
        .hasSizeLessThan(10);
  }

  @Test
  void a_mistake_in_the_row_defaults_is_reported_once_and_at_its_line() {
    suite(
        HEADER + "," + REST,
        "defaults,control,lora,r4_qv,tiny,fast,1,cpu-2,8,paper,1",
        "a,,,,,,,,,,",
        "b,,,,,,,,,,");
    assertThat(project.problemsOf(project::read))
        .containsExactly(
            "benchmarks/t.csv:2 column learning_rate: found 'fast', expected a number above 0;"
                + " correct the number");
  }

  @Test
  void the_row_defaults_must_be_the_first_and_only_one() {
    suite(
        HEADER + "," + REST,
        "a,control,lora,r4_qv,tiny,1e-3,1,cpu-2,8,paper,1",
        "defaults,,,,,,,,,,");
    assertThat(project.problemsOf(project::read))
        .containsExactly(
            "benchmarks/t.csv:3 column id: found 'defaults' below another row, expected it once, as"
                + " the first row, since it holds for all; move it up");
  }

  @Test
  void settings_of_the_method_may_stand_in_the_row_and_override_its_file() {
    List<Configuration> rows =
        suite(
                HEADER + ",settings," + REST,
                "defaults,control,lora,,tiny,1e-3,1,cpu-2,,8,paper,1",
                "a,,,,,,,,r=2; lora_alpha=4; target_modules=q_proj v_proj,,,",
                "b,,,r4_qv,,,,,lora_dropout=0.5,,,",
                "c,,ia3,,,,,,,,,")
            .read()
            .configurations();
    LoraConfig a = (LoraConfig) rows.get(0).method().config().orElseThrow();
    assertThat(a.scale().rank()).isEqualTo(2);
    assertThat(a.scale().alpha()).isEqualTo(4);
    LoraConfig b = (LoraConfig) rows.get(1).method().config().orElseThrow();
    assertThat(b.scale().rank()).as("of the file").isEqualTo(4);
    assertThat(b.dropout()).isEqualTo(0.5);
    assertThat(MethodSettings.of(dir.resolve("benchmarks"), rows.get(0).declared()))
        .containsEntry("r", "2")
        .containsEntry("target_modules", "q_proj v_proj")
        .doesNotContainKey("peft_type");
    assertThat(MethodSettings.of(dir.resolve("benchmarks"), rows.get(1).declared()))
        .containsEntry("lora_dropout", "0.5")
        .containsEntry("r", "4");
  }

  @Test
  void wrong_settings_are_named_with_line_and_key() {
    suite(
        HEADER + ",settings," + REST,
        "a,control,lora,,tiny,1e-3,1,cpu-2,r=0,8,paper,1",
        "b,control,lora,,tiny,1e-3,1,cpu-2,rank=2,8,paper,1",
        "c,control,lora,,tiny,1e-3,1,cpu-2,r 2,8,paper,1",
        "d,control,none,,tiny,,,cpu-2,r=2,8,paper,1");
    assertThat(project.problemsOf(project::read))
        .anyMatch(p -> p.startsWith("benchmarks/t.csv:2 column settings key r: found 0"))
        .anyMatch(
            p -> p.startsWith("benchmarks/t.csv:3 column settings key rank: found an unknown key"))
        .contains(
            "benchmarks/t.csv:4 column settings: found 'r 2', expected key=value pairs separated by"
                + " semicolons, such as r=8; lora_alpha=16; correct the pair",
            "benchmarks/t.csv:5 column settings: found 'r=2', expected nothing, since none does not"
                + " use it; clear the value");
  }
}
