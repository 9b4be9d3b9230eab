package io.buckbench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YesNoFileTest {
  private static final String GOOD =
      "{\"question\":\"is it\",\"passage\":\"It is.\",\"answer\":true}";

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("rows.jsonl");
  }

  @Test
  void rows_keep_their_order_and_are_named_by_line() throws IOException {
    Files.writeString(
        file,
        GOOD
            + "\r\n{\"idx\":7,\"title\":\"\",\"level\":\"hard\",\"answer\":false,"
            + "\"passage\":\"Caf\u00e9\",\"question\":\"a\\nb\"}");
    assertThat(YesNoFile.read(file))
        .containsExactly(
            Example.yesNo("rows.jsonl:1", "is it", "It is.", true, ""),
            Example.yesNo("rows.jsonl:2", "a\nb", "Caf\u00e9", false, "hard"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"question":"q","passage":"p"}                              | rows.jsonl:2 key answer: found nothing, expected true or false
          {"passage":"p","answer":true}                               | rows.jsonl:2 key question: found nothing
          {"question":"q","passage":"p","answer":"true"}              | rows.jsonl:2 key answer: found "true", expected true or false
          {"question":"q","passage":"p","answer":1}                   | rows.jsonl:2 key answer: found 1
          {"question":" ","passage":"p","answer":true}                | rows.jsonl:2 key question: found " ", expected a string that is not blank
          {"question":"q","passage":null,"answer":true}               | rows.jsonl:2 key passage: found null
          {"question":"q","passage":"p","answer":true,"label":true}   | rows.jsonl:2 key label: found an unknown key, expected one of [answer, idx, level, passage, question, title]
          {"question":"q","passage":"p","answer":true,"idx":"1"}      | rows.jsonl:2 key idx: found "1", expected a whole number
          {"question":"q","passage":"p","answer":true,"answer":false} | rows.jsonl:2: found Duplicate field 'answer'
          {"question":"q","passage":"p","answer":true} {}             | rows.jsonl:2: found Trailing token
          {"question":"q"                                             | rows.jsonl:2: found Unexpected end-of-input
          ["q","p",true]                                              | rows.jsonl:2: found JSON array, expected one JSON object
          ``                                                          | rows.jsonl:2: found nothing, expected one JSON object
          """)
  void an_invalid_line_is_reported_with_file_line_and_key(String line, String message)
      throws IOException {
    Files.writeString(file, GOOD + "\n" + line + "\n");
    assertThatThrownBy(() -> YesNoFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining(message);
  }

  @Test
  void bytes_that_are_not_utf8_are_reported_with_their_line() throws IOException {
    byte[] rows =
        (GOOD + "\n" + GOOD.replace("It", "\u00e9") + "\n").getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, rows);
    assertThatThrownBy(() -> YesNoFile.read(file))
        .hasMessageContaining("rows.jsonl:2: found bytes that are not UTF-8");
  }

  @Test
  void up_to_twenty_problems_are_reported_together() throws IOException {
    Files.writeString(file, "{}\n[]\n" + GOOD);
    assertThatThrownBy(() -> YesNoFile.read(file))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.problems()).hasSize(4));
    Files.writeString(file, "[]\n".repeat(50));
    assertThatThrownBy(() -> YesNoFile.read(file))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.problems()).hasSize(20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gone"})
  void an_empty_and_a_missing_file_are_refused(String content) throws IOException {
    if (content.isEmpty()) {
      Files.createFile(file);
    }
    assertThatThrownBy(() -> YesNoFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(content.isEmpty() ? "found no rows" : "found no such file");
  }
}
