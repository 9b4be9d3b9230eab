package io.buckbench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class BoolQTest {
  @TempDir Path directory;

  private void write(String file, String... passages) throws IOException {
    Files.writeString(
        directory.resolve(file),
        Arrays.stream(passages)
            .map(p -> "{\"question\":\"q\",\"passage\":\"" + p + "\",\"answer\":true}\n")
            .collect(Collectors.joining()));
  }

  private static List<String> passages(List<Example> examples) {
    return examples.stream().map(e -> e.field(Example.PASSAGE)).toList();
  }

  @Test
  void the_validation_rows_are_halved_in_order_and_the_second_half_is_the_test_set()
      throws IOException {
    write("train.jsonl", "a", "b");
    write("validation.jsonl", "c", "d", "e", "f", "g");
    DataSplits splits = BoolQ.paper(directory);
    assertThat(passages(splits.train())).containsExactly("a", "b");
    assertThat(passages(splits.validation())).containsExactly("c", "d");
    assertThat(passages(splits.test())).containsExactly("e", "f", "g");
    assertThat(splits.test().get(0).id()).isEqualTo("validation.jsonl:3");
  }

  @Test
  void the_clean_splits_share_no_passage_and_a_shared_passage_stays_in_test() throws IOException {
    write("train.jsonl", "a", "b", "b");
    write("validation.jsonl", "a", "v", "both", "both", "b", "t");
    DataSplits splits = BoolQ.clean(directory);
    assertThat(passages(splits.train())).containsExactly("a", "b", "b");
    assertThat(passages(splits.validation())).containsExactly("v");
    write("validation.jsonl", "a", "v", "both", "both", "b", "t");
    assertThat(passages(splits.test())).containsExactly("both", "t");
  }

  @Test
  void a_data_set_that_is_too_small_or_fully_leaked_is_refused() throws IOException {
    write("train.jsonl", "a");
    write("validation.jsonl", "b");
    assertThatThrownBy(() -> BoolQ.paper(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found one row, expected at least two");
    write("validation.jsonl", "b", "a");
    assertThatThrownBy(() -> BoolQ.clean(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no row left in test");
    write("validation.jsonl", "a", "b");
    assertThatThrownBy(() -> BoolQ.clean(directory)).hasMessageContaining("left in validation");
  }

  @Test
  void an_empty_part_is_refused_by_name() {
    assertThatThrownBy(() -> new DataSplits(Answers.YES_NO, List.of(), List.of(), List.of()))
        .hasMessage("split train has no rows, must have at least one");
  }

  /** -Dbuckbench.boolq=DIR: the published train.jsonl and validation.jsonl, too large to ship. */
  @Test
  @EnabledIfSystemProperty(
      named = "buckbench.boolq",
      matches = ".+",
      disabledReason = "needs BoolQ's files: fetch them, then -Dbuckbench.boolq=datasets/boolq")
  void the_published_files_give_the_papers_all_yes_accuracy() {
    Path boolq = Path.of(System.getProperty("buckbench.boolq"));
    DataSplits paper = BoolQ.paper(boolq);
    assertThat(paper.train()).hasSize(9427);
    assertThat(yes(paper.train())).isEqualTo(5874);
    assertThat(paper.validation()).hasSize(1635);
    assertThat(yes(paper.validation())).isEqualTo(1031);
    assertThat(paper.test()).hasSize(1635);
    assertThat(yes(paper.test())).isEqualTo(1002);
    DataSplits clean = BoolQ.clean(boolq);
    assertThat(clean.train()).isEqualTo(paper.train());
    assertThat(clean.validation()).hasSize(1086);
    assertThat(yes(clean.validation())).isEqualTo(678);
    assertThat(clean.test()).hasSize(1177);
    assertThat(yes(clean.test())).isEqualTo(718);
    assertThat(passages(clean.test())).doesNotContainAnyElementsOf(passages(clean.train()));
    assertThat(passages(clean.validation()))
        .doesNotContainAnyElementsOf(passages(clean.train()))
        .doesNotContainAnyElementsOf(passages(clean.test()));
  }

  private static long yes(List<Example> rows) {
    return rows.stream().filter(e -> e.answer() == 0).count();
  }
}
