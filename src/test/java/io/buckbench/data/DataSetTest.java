package io.buckbench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetTest {
  private static final String GOOD =
      "{\"question\":\"is it\",\"passage\":\"It is.\",\"answer\":true}";
  private static final List<String> MOODS = List.of("gut", "sehr schlecht", "egal");

  @TempDir Path directory;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static DataSet moods(String train, String validation, String test) {
    return moods(train, validation, test, Division.STANDARD, "", List.of());
  }

  private static DataSet moods(
      String train,
      String validation,
      String test,
      Division division,
      String distinct,
      List<String> sha256) {
    return new DataSet(
        "datasets.csv:2",
        "moods",
        new DataSet.Files(
            train,
            Optional.of(validation).filter(f -> !f.isEmpty()),
            Optional.of(test).filter(f -> !f.isEmpty())),
        "",
        division,
        Map.of("text", "review"),
        "mood",
        MOODS,
        Map.of("pos", "gut", "-", "sehr schlecht"),
        Set.of("text"),
        distinct,
        sha256);
  }

  private static String rows(int count) {
    StringBuilder rows = new StringBuilder("id,review,mood\n");
    for (int i = 0; i < count; i++) {
      rows.append(i).append(",text ").append(i).append(',');
      rows.append(List.of("pos", "-", "Egal").get(i % 3)).append('\n');
    }
    return rows.toString();
  }

  @Test
  void json_lines_keep_their_order_and_are_named_by_line() throws IOException {
    Path file =
        write(
            "rows.jsonl",
            GOOD
                + "\r\n{\"idx\":7,\"level\":\"hard\",\"answer\":false,"
                + "\"passage\":\"Caf\u00e9\",\"question\":\"a\\nb\"}");
    assertThat(TestData.yesNo(file))
        .containsExactly(
            Example.yesNo("rows.jsonl:1", "is it", "It is.", true, ""),
            Example.yesNo("rows.jsonl:2", "a\nb", "Caf\u00e9", false, "hard"));
  }

  @Test
  void super_glue_writes_a_label_as_truth_value_or_number() throws IOException {
    Path file =
        write(
            "val.jsonl",
            """
            {"question":"q","passage":"p","idx":0,"label":true}
            {"question":"q","passage":"p","idx":1,"label":0}
            {"question":"q","passage":"p","idx":2,"label":"no"}
            """);
    assertThat(TestData.yesNo(file)).extracting(Example::answer).containsExactly(0, 1, 1);
  }

  @Test
  void csv_has_named_columns_quoted_lines_and_phrases_as_answers() throws IOException {
    write(
        "moods.csv",
        "\ufeffid,mood,review\n1,POS,\"a \"\"b\"\", c\nd\"\n2,-,# no comment\n\n3,egal, x \n");
    List<Example> rows = moods("moods.csv", "", "").rows(directory.resolve("moods.csv"));
    assertThat(rows)
        .extracting(Example::id)
        .containsExactly("moods.csv:2", "moods.csv:4", "moods.csv:6");
    assertThat(rows).extracting(Example::answer).containsExactly(0, 1, 2);
    assertThat(rows.get(0).fields()).isEqualTo(Map.of("id", "1", "text", "a \"b\", c\nd"));
    assertThat(rows.get(1).field("text")).isEqualTo("# no comment");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"question":"q","passage":"p"}                              | rows.jsonl:2 key answer: found nothing: the row has no right answer, expected one of [yes, no
          {"question":"q","passage":"p","label":-1}                   | rows.jsonl:2 key label: found -1: the row has no right answer
          {"question":"q","passage":"p","answer":null}                | remove rows without an answer, or use a split whose answers are published
          {"question":"q","passage":"p","answer":"maybe"}             | rows.jsonl:2 key answer: found 'maybe', expected one of [yes, no
          {"question":"q","passage":"p","answer":2}                   | say which answer this is in column values
          {"passage":"p","answer":true}                               | rows.jsonl:2 key question: found nothing, expected a text that is not blank
          {"question":" ","passage":"p","answer":true}                | rows.jsonl:2 key question: found ' '
          {"question":"q","passage":null,"answer":true}               | rows.jsonl:2 key passage: found nothing
          {"question":"q","passage":["p"],"answer":true}              | rows.jsonl:2 key passage: found nothing
          {"question":"a \\ud83d b","passage":"p","answer":true}      | rows.jsonl:2: found \\ud83d without its other half
          {"question":"q","passage":"p","answer":true,"answer":false} | rows.jsonl:2: found Duplicate field 'answer'
          {"question":"q","passage":"p","answer":true} {}             | rows.jsonl:2: found Trailing token
          {"question":"q"                                             | rows.jsonl:2: found Unexpected end-of-input
          ["q","p",true]                                              | rows.jsonl:2: found JSON array, expected one JSON object
          ``                                                          | rows.jsonl:2: found nothing, expected one JSON object
          """)
  void an_invalid_line_is_reported_with_file_line_and_key(String line, String message)
      throws IOException {
    Path file = write("rows.jsonl", GOOD + "\n" + line + "\n");
    assertThatThrownBy(() -> TestData.yesNo(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          id,review,mood\\n1,a,pos\\n2,b,ok | moods.csv:3 column mood: found 'ok', expected one of [gut, sehr schlecht, egal, -, pos]
          id,review,mood\\n1,,pos          | moods.csv:2 column review: found '', expected a text that is not blank
          id,review,mood\\n1,a             | moods.csv:2: found 2 values, expected 3 values
          id,review,review\\n1,a,pos       | moods.csv:1: found column review twice
          id,text,mood\\n1,,pos            | moods.csv:2 column review: found '', expected a text
          id,review,mood\\n1,a,            | moods.csv:2 column mood: found nothing: the row has no right answer
          id,review,mood                   | moods.csv: found no rows, expected a header and one row a line
          id,review,mood\\n1,"a,pos        | moods.csv: found malformed CSV
          """)
  void an_invalid_csv_row_is_reported_with_file_line_and_column(String text, String message)
      throws IOException {
    write("moods.csv", text.replace("\\n", "\n"));
    assertThatThrownBy(() -> moods("moods.csv", "", "").read(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void bytes_that_are_not_utf8_are_reported_with_their_line() throws IOException {
    Path file = directory.resolve("rows.jsonl");
    Files.write(
        file,
        (GOOD + "\n" + GOOD.replace("It", "\u00e9") + "\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TestData.yesNo(file))
        .hasMessageContaining("rows.jsonl:2: found bytes that are not UTF-8");
  }

  @Test
  void up_to_twenty_problems_are_reported_together() throws IOException {
    Path file = write("rows.jsonl", "{}\n[]\n" + GOOD);
    assertThatThrownBy(() -> TestData.yesNo(file))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.problems()).hasSize(1));
    write("rows.jsonl", "[]\n".repeat(50));
    assertThatThrownBy(() -> TestData.yesNo(file))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.problems()).hasSize(20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty.jsonl", "gone.jsonl", "."})
  void an_empty_file_a_missing_one_and_a_directory_are_refused(String name) throws IOException {
    Files.createFile(directory.resolve("empty.jsonl"));
    assertThatThrownBy(() -> TestData.yesNo(directory.resolve(name)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            name.equals(".")
                ? "found a directory"
                : name.startsWith("empty") ? "found no rows" : "found no such file");
  }

  @Test
  void the_commonest_answer_is_that_of_the_training_rows() throws IOException {
    write("a.csv", "review,mood\na,egal\nb,egal\nc,pos\n");
    write("b.csv", "review,mood\nd,pos\ne,pos\n");
    Answers answers = moods("a.csv", "b.csv", "b.csv").read(directory).answers();
    assertThat(answers.word(answers.commonest())).isEqualTo("egal");
  }

  @Property(tries = 20)
  void a_seeded_split_takes_every_row_once_with_equal_shares_of_answers(
      @ForAll @IntRange(min = 60, max = 200) int count, @ForAll @IntRange(max = 99) int seed)
      throws IOException {
    Path folder = Files.createTempDirectory("split");
    Files.writeString(folder.resolve("moods.csv"), rows(count));
    Division division = new Division(false, List.of(70, 20, 10), seed);
    DataSet declared = moods("moods.csv", "", "", division, "", List.of());
    DataSplits splits = declared.read(folder);
    List<Example> all = new ArrayList<>(splits.train());
    all.addAll(splits.validation());
    all.addAll(splits.test());
    assertThat(all).hasSize(count);
    assertThat(new HashSet<>(all)).hasSize(count);
    for (int answer = 0; answer < 3; answer++) {
      int wanted = answer;
      long trained = splits.train().stream().filter(e -> e.answer() == wanted).count();
      assertThat((double) trained).isBetween(0.7 * count / 3 - 1.5, 0.7 * count / 3 + 1.5);
    }
    assertThat(declared.read(folder)).isEqualTo(splits);
    Files.delete(folder.resolve("moods.csv"));
    Files.delete(folder);
  }

  @Test
  void a_part_without_a_file_is_drawn_from_the_file_before_it() throws IOException {
    write("a.csv", rows(60));
    write("b.csv", rows(30));
    DataSplits noTest = moods("a.csv", "b.csv", "").read(directory);
    assertThat(noTest.train()).hasSize(60);
    assertThat(noTest.validation()).hasSize(15);
    assertThat(noTest.test()).hasSize(15).allMatch(e -> e.id().startsWith("b.csv:"));
    DataSplits noValidation = moods("a.csv", "", "b.csv").read(directory);
    assertThat(noValidation.test()).hasSize(30);
    assertThat(noValidation.validation())
        .hasSizeBetween(5, 8)
        .doesNotContainAnyElementsOf(noValidation.train());
  }

  @Test
  void halves_keep_the_order_and_distinct_texts_stay_in_test() throws IOException {
    write("train.csv", "review,mood\na,pos\nb,pos\n");
    write("validation.csv", "review,mood\na,pos\nv,pos\nboth,pos\nboth,pos\nb,pos\nt,pos\n");
    Division halves = new Division(true, List.of(80, 10, 10), 1);
    DataSplits paper =
        moods("train.csv", "validation.csv", "", halves, "", List.of()).read(directory);
    assertThat(texts(paper.validation())).containsExactly("a", "v", "both");
    assertThat(texts(paper.test())).containsExactly("both", "b", "t");
    DataSplits clean =
        moods("train.csv", "validation.csv", "", halves, "text", List.of()).read(directory);
    assertThat(texts(clean.validation())).containsExactly("v");
    assertThat(texts(clean.test())).containsExactly("both", "t");
    write("validation.csv", "review,mood\nb,pos\na,pos\n");
    assertThatThrownBy(
            () ->
                moods("train.csv", "validation.csv", "", halves, "text", List.of()).read(directory))
        .hasMessageContaining("found no row left for the part validation of moods");
  }

  private static List<String> texts(List<Example> rows) {
    return rows.stream().map(row -> row.field("text")).toList();
  }

  @Test
  void another_content_than_the_declared_digest_is_another_data_set() throws IOException {
    write("moods.csv", rows(30));
    String digest = "0".repeat(64);
    assertThatThrownBy(
            () ->
                moods("moods.csv", "", "", Division.STANDARD, "", List.of(digest)).read(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("moods.csv: found sha256 ")
        .hasMessageContaining("expected that of moods, " + digest + " (datasets.csv:2)")
        .hasMessageContaining("declare these rows under an id of their own");
  }
}
