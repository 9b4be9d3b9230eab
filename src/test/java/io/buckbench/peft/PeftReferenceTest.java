package io.buckbench.peft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.Architecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares settings with what PEFT 0.21 does with them on a tiny OPT of both shapes: the trained
 * and the saved tensors, or a refusal. {@code peft/reference.json} was written by PEFT.
 */
class PeftReferenceTest {
  private static final JsonNode REFERENCE = reference();
  private static final List<String> REFUSED = refused();

  @TempDir Path directory;

  record Case(JsonNode row, String shape) {
    Architecture model() {
      return shape.equals("before") ? Shapes.TINY_BEFORE : Shapes.TINY_AFTER;
    }

    @Override
    public String toString() {
      return shape + " " + row.get("config");
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (JsonNode row : REFERENCE.get("configs")) {
      cases.add(new Case(row, "before"));
      cases.add(new Case(row, "after"));
    }
    assertThat(cases).hasSizeGreaterThan(250);
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void settings_train_what_they_train_in_peft_or_are_refused(Case c) throws IOException {
    Path file = directory.resolve("adapter_config.json");
    Files.writeString(file, c.row.get("config").toString());
    HookedConfig config;
    List<AdapterTensor> tensors;
    try {
      config = (HookedConfig) MethodConfig.read(file);
      tensors = config.tensors(c.model());
    } catch (InvalidInputException refused) {
      // What PEFT accepts is refused only if it is listed with a reason.
      boolean acceptedByPeft = c.row.get(c.shape).isObject();
      assertThat(acceptedByPeft && !isListed(c.row.get("config"))).as(refused.toString()).isFalse();
      return;
    }
    assertThat(c.row.get(c.shape).isObject()).as("PEFT: " + c.row.get(c.shape)).isTrue();
    Map<String, String> trained = new TreeMap<>();
    tensors.stream()
        .filter(AdapterTensor::trained)
        .forEach(t -> trained.put(t.name(), Arrays.toString(t.shape())));
    assertThat(trained).isEqualTo(shapes(c.row.get(c.shape)));
    Map<String, String> saved = new TreeMap<>();
    config.savedShapes(c.model()).forEach((name, s) -> saved.put(name, Arrays.toString(s)));
    Map<String, String> savedByPeft = shapes(c.row.get(c.shape + "_saved"));
    savedByPeft.keySet().removeAll(config.repeatedWeights(c.model()).keySet());
    assertThat(saved).isEqualTo(savedByPeft);
  }

  /** Settings of {@code peft/refused.txt}, with a reason: only BuckBench refuses them. */
  private static boolean isListed(JsonNode config) {
    return REFUSED.stream().anyMatch(line -> line.startsWith(config + "\t"));
  }

  private static List<String> refused() {
    try (var in = PeftReferenceTest.class.getResourceAsStream("/peft/refused.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> shapes(JsonNode object) {
    Map<String, String> shapes = new TreeMap<>();
    object
        .properties()
        .forEach(e -> shapes.put(e.getKey(), e.getValue().toString().replace(",", ", ")));
    return shapes;
  }

  @Test
  void an_expression_matches_as_in_python_or_is_refused() {
    JsonNode names = REFERENCE.get("names");
    int read = 0;
    for (JsonNode pattern : REFERENCE.get("patterns")) {
      String source = pattern.get(0).asText();
      PythonPattern ours;
      try {
        ours = PythonPattern.of("target_modules", source);
      } catch (InvalidInputException refused) {
        continue;
      }
      StringBuilder matched = new StringBuilder();
      names.forEach(name -> matched.append(ours.matches(name.asText()) ? '1' : '0'));
      assertThat(matched).as(source).hasToString(pattern.get(1).asText());
      read++;
    }
    // Of 1500 random expressions, Python refuses many.
    assertThat(read).isGreaterThan(500);
  }

  @Test
  void every_key_of_peft_is_accepted_at_its_default() throws IOException {
    for (var method : REFERENCE.get("keys").properties()) {
      Path file = directory.resolve("adapter_config.json");
      Files.writeString(file, method.getValue().toString());
      assertThat(MethodConfig.read(file).method().name()).isEqualTo(method.getKey());
    }
  }

  @Test
  void the_page_of_methods_lists_every_key_of_peft() throws IOException {
    String page = Files.readString(Path.of("docs", "methods.md"));
    for (var method : REFERENCE.get("keys").properties()) {
      for (var key : method.getValue().properties()) {
        assertThat(page).contains("`" + key.getKey() + "`");
      }
    }
  }

  private static JsonNode reference() {
    try (var in = PeftReferenceTest.class.getResourceAsStream("/peft/reference.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
