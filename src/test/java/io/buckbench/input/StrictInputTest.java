package io.buckbench.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are well-formed and nevertheless cannot be used. */
class StrictInputTest {
  private static JsonObject json(String text) {
    return JsonObject.parse("a.json", text.getBytes(StandardCharsets.UTF_8), "fetch it again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud83d",
        "\\uDE00",
        "\\ude00\\ud83d",
        "x\\ud83d\\n\\ude00",
        "\\ud83d\\ud83d\\ude00"
      })
  void half_a_surrogate_pair_is_refused(String escaped) {
    assertThatThrownBy(() -> json("{\"passage\": \"" + escaped + "\"}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.json: found \\u")
        .hasMessageContaining("without its other half, expected Unicode text");
  }

  @Test
  void whole_pairs_and_escaped_backslashes_are_text() {
    assertThat(json("{\"a\": \"\\ud83d\\ude00 \\\\ud83d \uD83D\uDE00\"}").text("a"))
        .contains("\uD83D\uDE00 \\ud83d \uD83D\uDE00");
  }

  @Property
  void a_text_without_lone_surrogates_survives_utf8(
      @ForAll @Chars({'a', '\ud83d', '\ude00'}) String text) {
    String decoded = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertThat(Unicode.loneSurrogate(text) < 0).isEqualTo(decoded.equals(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e-999999999", "1e41", "1e-41", "9e2147483647"})
  void a_decimal_whose_digits_do_not_fit_into_memory_is_refused(String text) {
    Problems problems = new Problems();
    CsvTable.parse(Path.of("a.csv"), "usd\n" + text + "\n", List.of("usd"), List.of(), problems)
        .map(row -> row.decimal("usd", BigDecimal.ZERO));
    assertThat(problems.list()).hasSize(1);
    assertThat(problems.list().get(0).toString())
        .startsWith("a.csv:2 column usd: found '" + text + "', expected a decimal number");
    JsonRecords records = new JsonRecords(options -> {});
    assertThatThrownBy(() -> records.mapper().readValue(text, BigDecimal.class))
        .hasMessageContaining("a decimal with more than 40 digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "", "..", ".", "a/b", "/a", "a\\b"})
  void a_name_that_is_no_file_in_the_folder_is_refused(String name) {
    assertThatThrownBy(() -> InputPath.child(Path.of("x"), "index.json key weight_map", name))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("index.json key weight_map: found the file name " + name);
  }

  @Test
  void a_name_longer_than_file_systems_allow_is_refused() {
    InputPath.child(Path.of("x"), "a", "é".repeat(127));
    assertThatThrownBy(() -> InputPath.child(Path.of("x"), "a", "é".repeat(128)))
        .hasMessageContaining("expected names of at most 255 bytes");
  }

  @Test
  void a_problem_is_short_even_if_the_value_is_not() {
    Problem problem = new Problem("a", "x".repeat(1_000_000), "b", "c");
    assertThat(problem.toString()).hasSizeLessThan(2100).contains("(998000 more characters)");
  }
}
