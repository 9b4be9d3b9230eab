package io.buckbench.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LeaksTest {
  private static final List<String> FIELDS = List.of("question", "passage");

  private static Example row(String question, String passage) {
    return Example.yesNo(question + "/" + passage, question, passage, true, "");
  }

  @Test
  void whole_rows_and_single_fields_are_counted_without_case_and_white_space() {
    List<Example> known = List.of(row("is it", "It is."), row("was it", "I\u0301t  was."));
    List<Example> rows =
        List.of(
            row("IS it", " it   is.\n"),
            row("is it", "\u00cdt was."),
            row("new", "It is."),
            row("new", "new"));
    Leaks leaks = Leaks.of(rows, known, FIELDS);
    assertThat(leaks).isEqualTo(new Leaks(4, 1, Map.of("question", 2, "passage", 3)));
    assertThat(leaks).hasToString("1 of 4 whole, question 2, passage 3");
    assertThat(leaks.some()).isTrue();
    assertThat(Leaks.of(rows, List.of(), FIELDS).some()).isFalse();
  }

  @Property(tries = 30)
  void a_planted_number_of_rows_is_found(
      @ForAll @IntRange(min = 0, max = 50) int planted, @ForAll @IntRange(max = 50) int fresh) {
    List<Example> known = IntStream.range(0, 60).mapToObj(i -> row("q" + i, "p" + i)).toList();
    List<Example> rows =
        IntStream.range(0, planted + fresh)
            .mapToObj(i -> i < planted ? known.get(59 - i) : row("q" + i, "other" + i))
            .toList();
    Leaks leaks = Leaks.of(rows, known, FIELDS);
    assertThat(leaks.whole()).isEqualTo(planted);
    assertThat(leaks.byField().get("passage")).isEqualTo(planted);
  }

  @Test
  void no_row_of_the_control_task_is_in_two_parts() {
    DataSplits splits =
        DataSplits.of(
            Answers.YES_NO.words(),
            TestData.yesNo(Path.of("datasets/control/train.jsonl")),
            TestData.yesNo(Path.of("datasets/control/validation.jsonl")),
            TestData.yesNo(Path.of("datasets/control/test.jsonl")));
    Map<String, Leaks> leaks = splits.leaks(Set.of("question", "passage"));
    assertThat(leaks.keySet())
        .containsExactly("test in train", "test in validation", "validation in train");
    assertThat(leaks.values()).allMatch(each -> each.whole() == 0);
    assertThat(leaks.get("test in train").rows()).isEqualTo(1600);
  }
}
