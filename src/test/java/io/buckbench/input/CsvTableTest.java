package io.buckbench.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
  enum Colour {
    RED,
    DARK_BLUE
  }

  @TempDir Path dir;
  private final Problems problems = new Problems();

  private CsvTable read(String text) throws IOException {
    Path file = Files.writeString(dir.resolve("t.csv"), text);
    return CsvTable.read(file, List.of("id", "count"), List.of("note", "colour"), problems);
  }

  private List<String> reported() {
    assertThat(problems.isEmpty()).isFalse();
    String prefix = dir + "/";
    try {
      problems.throwIfAny();
      return List.of();
    } catch (InvalidInputException e) {
      return e.problems().stream().map(p -> p.toString().replace(prefix, "")).toList();
    }
  }

  @Test
  void line_numbers_are_correct_after_comments_blank_lines_and_quoted_line_breaks()
      throws IOException {
    CsvTable table =
        read(
            "# a comment\n"
                + "id , count,note\n\n"
                + "a,1,\"one\n"
                + "two\"\n"
                + "# between\n"
                + "b, 2 ,\"x, \"\"y\"\"\"\n"
                + "c,3,");
    assertThat(table.rows())
        .extracting(CsvRow::line, r -> r.text("id"), r -> r.text("note"))
        .containsExactly(tuple(4, "a", "one\ntwo"), tuple(7, "b", "x, \"y\""), tuple(8, "c", ""));
    assertThat(table.rows().get(0).values().keySet()).containsExactly("id", "count", "note");
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void all_problems_of_the_header_are_reported_together() throws IOException {
    read("id,cuont,note,note\n");
    assertThat(reported())
        .containsExactly(
            "t.csv:1: found unknown column 'cuont', expected only known columns; did you mean"
                + " count?",
            "t.csv:1: found column note twice, expected each column once; remove one of the two",
            "t.csv:1: found no column count, expected column count; add it to the header");
  }

  @Test
  void a_row_with_too_few_or_too_many_values_is_reported_and_reading_continues()
      throws IOException {
    CsvTable table = read("id,count\na\nb,2,3\nc,3\n");
    assertThat(reported())
        .hasSize(2)
        .satisfies(t -> assertThat(t.get(0)).startsWith("t.csv:2: found 1 values, expected 2"))
        .satisfies(t -> assertThat(t.get(1)).startsWith("t.csv:3: found 3 values, expected 2"));
    assertThat(table.rows()).extracting(r -> r.text("id")).containsExactly("c");
  }

  @Test
  void every_invalid_value_of_every_row_is_reported() throws IOException {
    CsvTable table = read("id,count,note,colour\na,x,nope,rod\nb,2,1.50,dark-blue\n,0,-1,red\n");
    List<Object> good =
        table.map(
            row ->
                List.of(
                    row.required("id"),
                    row.integer("count", 1, 9),
                    row.decimal("note", BigDecimal.ZERO),
                    row.choice("colour", Colour.class)));
    assertThat(good).containsExactly(List.of("b", 2, new BigDecimal("1.50"), Colour.DARK_BLUE));
    assertThat(reported())
        .containsExactly(
            "t.csv:2 column count: found 'x', expected a whole number from 1 to 9; correct the"
                + " number",
            "t.csv:2 column note: found 'nope', expected a decimal number of at least 0, with a"
                + " point; correct the number",
            "t.csv:2 column colour: found 'rod', expected a known name; did you mean red?",
            "t.csv:4 column id: found nothing, expected a value; fill it in",
            "t.csv:4 column count: found '0', expected a whole number from 1 to 9; correct the"
                + " number",
            "t.csv:4 column note: found '-1', expected a decimal number of at least 0, with a"
                + " point; correct the number");
  }

  @Test
  void a_number_that_is_not_finite_is_refused() throws IOException {
    CsvTable table = read("id,count\na,NaN\nb,Infinity\nc,1e-3\n");
    assertThat(table.map(row -> row.number("count", 0, Double.MAX_VALUE))).containsExactly(1e-3);
    assertThat(reported()).hasSize(2);
  }

  @Test
  void invalid_lists_of_integers_and_invalid_dates_are_refused() throws IOException {
    CsvTable table = read("id,count\n1 2 3,2023-08-06\n1 1,2023-02-30\n,x\n-1,2023-01-01\n");
    assertThat(table.map(row -> List.of(row.integers("id"), row.date("count").toString())))
        .containsExactly(List.of(List.of(1L, 2L, 3L), "2023-08-06"));
    assertThat(reported()).hasSize(5);
  }

  @Test
  void a_repeated_value_is_reported_with_both_lines() throws IOException {
    read("id,count\na,1\nb,1\na,2\n").requireUnique("id");
    assertThat(reported())
        .containsExactly(
            "t.csv:4 column id: found 'a' again, expected a unique value (line 2 has the same);"
                + " rename one of the two");
  }

  @Test
  void problems_that_a_reader_throws_are_kept() throws IOException {
    CsvTable table = read("id,count\na,1\n");
    assertThat(
            table.map(
                row -> {
                  throw new InvalidInputException("r of LoRA", "0", "at least 1", "raise it");
                }))
        .isEmpty();
    assertThat(reported()).containsExactly("r of LoRA: found 0, expected at least 1; raise it");
  }

  @Test
  void a_missing_empty_undecodable_or_malformed_file_is_reported() throws IOException {
    CsvTable.read(dir.resolve("none.csv"), List.of("id"), List.of(), problems);
    read("# only a comment\n");
    read("id,count\na,\"open\n");
    Path latin = dir.resolve("latin.csv");
    Files.write(latin, "id\n\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    CsvTable.read(latin, List.of("id"), List.of(), problems);
    assertThat(reported())
        .hasSize(4)
        .satisfies(t -> assertThat(t.get(0)).contains("none.csv: found no such file"))
        .satisfies(t -> assertThat(t.get(1)).contains("t.csv: found no header line"))
        .satisfies(t -> assertThat(t.get(2)).contains("t.csv: found malformed CSV"))
        .satisfies(t -> assertThat(t.get(3)).contains("latin.csv: found bytes that are not UTF-8"));
  }

  @Test
  void one_exception_message_lists_all_problems() throws IOException {
    read("idd,count\n");
    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("did you mean id?")
        .hasMessageContaining("no column id");
  }

  @Test
  void a_name_is_suggested_only_if_it_is_near() {
    assertThat(Suggestion.nearest("lerning_rate", List.of("learning_rate", "usd")))
        .contains("learning_rate");
    assertThat(Suggestion.nearest("banana", List.of("learning_rate", "usd"))).isEmpty();
    assertThat(Suggestion.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Suggestion.todo("usd", List.of()))
        .isEqualTo("there are none yet; declare one first");
  }
}
