package io.buckbench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.eval.AnswerSheets;
import io.buckbench.findings.RunFixtures;
import io.buckbench.record.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaperTableTest {
  private static final PaperTable TABLE = PaperTable.read(Path.of("benchmarks/paper-table1.csv"));

  @Test
  void table_1_has_sixteen_rows_of_which_one_costs_over_a_dollar() {
    assertThat(TABLE.rows()).hasSize(16);
    assertThat(TABLE.rows().stream().filter(r -> r.usd().isPresent()).count()).isEqualTo(14);
    assertThat(TABLE.rows())
        .filteredOn(r -> r.usd().map(u -> u.doubleValue() > 1).orElse(false))
        .extracting(PaperTable.Row::configuration)
        .containsExactly("prompt_192_125m");
  }

  @Test
  void repetitions_are_compared_with_the_printed_rows() {
    List<RunRecord> runs =
        List.of(
            RunFixtures.run(
                "all-yes-base", 1, AnswerSheets.of(AnswerSheets.counts(1002, 0, 0, 633, 0, 0))),
            RunFixtures.run(
                "lora_2_4_125m",
                1,
                AnswerSheets.of(AnswerSheets.counts(700, 302, 0, 133, 500, 0))));
    List<PaperTable.Repetition> repetitions = TABLE.repeatedBy(runs);
    assertThat(repetitions).hasSize(16);
    assertThat(repetitions.get(1).near()).isTrue();
    assertThat(repetitions.get(1).sentence())
        .isEqualTo(
            "all-yes-base: accuracy 61.28 (paper 61.28), balanced 50.00 (paper 50.00), within 0"
                + " points of the paper");
    assertThat(repetitions.get(3).near()).as("73 % is not 52 %").isFalse();
    assertThat(repetitions.get(0).sentence()).isEqualTo("opt-125m: not run");
  }

  @Test
  void a_percentage_over_a_hundred_is_refused(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("table.csv");
    Files.writeString(
        file,
        "configuration,accuracy,balanced_accuracy,steps,usd,tolerance_points\n"
            + "x,101,50,0,,1\n");
    assertThatThrownBy(() -> PaperTable.read(file)).hasMessageContaining("table.csv:2");
  }
}
