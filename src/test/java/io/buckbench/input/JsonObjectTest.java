package io.buckbench.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonObjectTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": 1} {}      | t.json:1: found Trailing token
          {"a": 1, "a": 2} | t.json:1: found Duplicate field 'a'
          {"a": {"b": 1, "b": 2}} | t.json:1: found Duplicate field 'b'
          {"a":            | t.json:1: found Unexpected end-of-input
          [1]              | t.json: found JSON array, expected one JSON object
          ``               | t.json: found nothing, expected one JSON object
          """)
  void text_that_is_not_one_object_is_refused(String text, String message) throws IOException {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith("; correct it");
  }

  @Test
  void a_file_that_cannot_be_read_is_an_input_error() throws IOException {
    Path file = directory.resolve("t.json");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("t.json: found no such file, expected a test");
    assertThatThrownBy(() -> read(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found a directory, expected a test");
    Files.write(file, "{\"a\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("t.json: found bytes that are not UTF-8");
    Files.writeString(file, "\uFEFF{\"a\": \"\u00e9\"}");
    assertThat(read(file).text("a")).contains("\u00e9");
  }

  @Test
  void all_values_of_a_wrong_kind_are_reported_together_with_their_lines() throws IOException {
    JsonObject json =
        read(
            """
            {"inner": {"whole": 1},
             "whole": 1.5,
             "number": "1", "flag": 1,
             "text": true,
             "texts": {"x": "y", "z": 1},
             "choice": "LEFT",
             "supported": "gelu",
             "null": null}
            """);
    assertThat(json.integer("whole")).isEmpty();
    assertThat(json.number("number", 2)).isEqualTo(2);
    assertThat(json.flag("flag", true)).isTrue();
    assertThat(json.text("text")).isEmpty();
    assertThat(json.texts("texts")).hasSize(2);
    assertThat(json.choice("choice", Thread.State.class, Thread.State.NEW))
        .isEqualTo(Thread.State.NEW);
    json.mustBe("supported", "relu");
    assertThat(json.requiredInteger("null")).isZero();
    assertThat(json.requiredInteger("absent")).isZero();
    assertThatThrownBy(json::throwIfAny)
        .hasMessageContaining("t.json:2 key whole: found 1.5, expected a whole number")
        .hasMessageContaining("t.json:3 key number: found \"1\", expected a number")
        .hasMessageContaining("t.json:3 key flag: found 1, expected true or false")
        .hasMessageContaining("t.json:4 key text: found true, expected a string")
        .hasMessageContaining(
            "t.json:5 key texts: found z: 1, expected an object whose values are strings")
        .hasMessageContaining("t.json:6 key choice: found LEFT, expected one of [NEW,")
        .hasMessageContaining("t.json:7 key supported: found \"gelu\", expected relu")
        .hasMessageContaining("t.json:8 key null: found null, expected a whole number")
        .hasMessageContaining("t.json key absent: found nothing, expected a whole number");
  }

  @Test
  void unread_keys_and_problems_of_the_constructor_are_reported_together() throws IOException {
    JsonObject json = read("{\"a\": 1,\n\"b\": 2,\n\"c\": 3}");
    json.note("b");
    assertThat(json.integer("a")).isEqualTo(OptionalInt.of(1));
    json.refuseUnknownKeys();
    assertThatThrownBy(
            () ->
                json.build(
                    () -> {
                      throw new InvalidInputException("a", "1", "2", "add one");
                    }))
        .hasMessageContaining("t.json:1 key a: found 1, expected 2; add one")
        .hasMessageContaining("t.json:3 key c: found an unknown key, expected one of [a, b]");
    assertThat(read("{}").build(() -> 7)).isEqualTo(7);
  }

  private JsonObject read(String text) throws IOException {
    return read(Files.writeString(directory.resolve("t.json"), text));
  }

  private static JsonObject read(Path file) {
    return JsonObject.read(file, "a test", "correct it");
  }
}
