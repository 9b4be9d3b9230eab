package io.buckbench.data.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.buckbench.data.Example;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the properties that the README of the control task states. */
class ControlTaskTest {
  private static final double MARGIN = 0.03;
  private static final List<List<Example>> SPLITS =
      ControlTask.generate(ControlTask.SEED, ControlTask.SIZES);

  @Test
  void the_same_seed_gives_the_same_rows() {
    assertThat(ControlTask.generate(ControlTask.SEED, ControlTask.SIZES)).isEqualTo(SPLITS);
    assertThat(ControlTask.generate(1, List.of(20)))
        .isNotEqualTo(ControlTask.generate(2, List.of(20)));
  }

  @Test
  void the_shipped_files_hold_the_rows_of_the_shipped_seed() {
    List<String> names = List.of("train", "validation", "test");
    for (int i = 0; i < names.size(); i++) {
      StringBuilder lines = new StringBuilder();
      for (Example row : SPLITS.get(i)) {
        // The control language has no characters that JSON would escape.
        lines.append(
            "{\"question\": \"%s\", \"passage\": \"%s\", \"answer\": %s, \"level\": \"%s\"}\n"
                .formatted(
                    row.field(Example.QUESTION),
                    row.field(Example.PASSAGE),
                    row.answer() == 0,
                    row.level()));
      }
      assertThat(Path.of("datasets/control", names.get(i) + ".jsonl"))
          .hasBinaryContent(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void no_passage_occurs_twice() {
    Set<String> seen = new HashSet<>();
    SPLITS.forEach(
        rows -> rows.forEach(row -> assertThat(seen.add(row.field(Example.PASSAGE))).isTrue()));
  }

  @ParameterizedTest
  @ValueSource(strings = {ControlTask.PRESENCE, ControlTask.BINDING})
  void every_split_and_level_has_the_same_share_of_yes(String level) {
    for (List<Example> split : SPLITS) {
      List<Example> rows = of(split, level);
      assertThat(rows).hasSizeGreaterThanOrEqualTo(300);
      assertThat(yes(rows)).isCloseTo(ControlTask.YES, within(0.005));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ControlTask.PRESENCE, ControlTask.BINDING, ""})
  void the_question_alone_does_not_reveal_the_answer(String level) {
    assertNoBetterThanYes(level, e -> e.field(Example.QUESTION));
  }

  @ParameterizedTest
  @ValueSource(strings = {ControlTask.PRESENCE, ControlTask.BINDING, ""})
  void the_passage_alone_does_not_reveal_the_answer(String level) {
    assertNoBetterThanYes(level, e -> e.field(Example.PASSAGE));
  }

  @Test
  void every_content_word_of_a_binding_question_occurs_once_in_the_passage() {
    Set<String> scaffold = Set.of("does", "have", "is", "a", "in", "the");
    for (List<Example> split : SPLITS) {
      for (Example row : of(split, ControlTask.BINDING)) {
        List<String> passage =
            Arrays.asList(
                row.field(Example.PASSAGE).toLowerCase(java.util.Locale.ROOT).split("[ .]+"));
        for (String word : row.field(Example.QUESTION).split(" ")) {
          assertThat(passage.stream().filter(word::equals).count())
              .as(row.toString())
              .isEqualTo(
                  scaffold.contains(word) ? passage.stream().filter(word::equals).count() : 1);
        }
      }
    }
  }

  @Test
  void shuffled_labels_keep_the_rows_and_the_share_of_yes_but_not_the_answers() {
    List<Example> rows = SPLITS.get(2);
    List<Example> twin = ShuffledLabels.of(rows, 7);
    assertThat(twin).isEqualTo(ShuffledLabels.of(rows, 7)).isNotEqualTo(rows);
    assertThat(twin.stream().map(e -> e.field(Example.QUESTION)).toList())
        .isEqualTo(rows.stream().map(e -> e.field(Example.QUESTION)).toList());
    assertThat(twin.stream().filter(e -> e.answer() == 0).count())
        .isEqualTo(rows.stream().filter(e -> e.answer() == 0).count());
    long agreeing =
        IntStream.range(0, 600).filter(i -> rows.get(i).answer() == twin.get(i).answer()).count();
    // Two independent answers, each yes with 0.62, agree with 0.62 * 0.62 + 0.38 * 0.38 = 0.53.
    assertThat(agreeing / 600.0).isCloseTo(0.53, within(0.08));
  }

  private static void assertNoBetterThanYes(String level, Function<Example, String> words) {
    List<Example> train = of(SPLITS.get(0), level);
    List<Example> test = of(SPLITS.get(2), level);
    BagOfWords classifier =
        new BagOfWords(
            train.stream().map(words).toList(), train.stream().map(e -> e.answer() == 0).toList());
    double accuracy =
        classifier.accuracy(
            test.stream().map(words).toList(), test.stream().map(e -> e.answer() == 0).toList());
    assertThat(accuracy).as("accuracy of a bag of words").isLessThan(yes(test) + MARGIN);
  }

  private static List<Example> of(List<Example> rows, String level) {
    return rows.stream().filter(r -> level.isEmpty() || r.level().equals(level)).toList();
  }

  private static double yes(List<Example> rows) {
    return rows.stream().filter(e -> e.answer() == 0).count() / (double) rows.size();
  }
}
