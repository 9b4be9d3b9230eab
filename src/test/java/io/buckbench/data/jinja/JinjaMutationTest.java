package io.buckbench.data.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A template comes from a downloaded file: a damaged one is refused, and a hostile one ends. */
class JinjaMutationTest {
  private static final List<String> TEMPLATES = templates();
  private static final String[] PIECES = {
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "'",
    "\"",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    ".",
    ",",
    ":",
    "-",
    "not ",
    " is ",
    " in ",
    " if ",
    " else ",
    "loop",
    "messages",
    "none",
    "1",
    "0.5",
    "[::-1]",
    "~",
    "|tojson",
    "|first",
    "|length",
    "|join",
    "|map('x')",
    ".split()",
    ".items()",
    "* 9",
    "// 0"
  };

  private static List<String> templates() {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/parity/chat"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jinja")).sorted().toList()) {
        all.add(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static Map<String, Object> variables(SplittableRandom random) {
    Map<String, Object> call =
        Map.of("function", Map.of("name", "f", "arguments", Map.of("a", 1L)));
    Map<String, Object> variables = new HashMap<>();
    variables.put(
        "messages",
        List.of(
            Map.of("role", "system", "content", "Be short."),
            Map.of("role", "user", "content", "one <think> two</think> three"),
            Map.of("role", "assistant", "content", "", "tool_calls", List.of(call)),
            Map.of("role", "tool", "content", "4")));
    variables.put("tools", random.nextBoolean() ? None.NONE : List.of(call));
    variables.put("add_generation_prompt", random.nextBoolean());
    variables.put("bos_token", "<s>");
    variables.put("eos_token", "</s>");
    variables.put("date_string", "today");
    return variables;
  }

  @Property(tries = 400)
  void a_damaged_template_gives_a_text_or_is_refused(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder template = new StringBuilder(TEMPLATES.get(random.nextInt(TEMPLATES.size())));
    for (int edits = random.nextInt(1, 4); edits > 0; edits--) {
      int at = random.nextInt(template.length());
      int to = Math.min(template.length(), at + random.nextInt(8));
      template.replace(at, to, random.nextInt(3) == 0 ? "" : PIECES[random.nextInt(PIECES.length)]);
    }
    try {
      assertThat(JinjaTemplate.parse("it", template.toString()).render(variables(random)))
          .isNotNull();
    } catch (InvalidInputException e) {
      assertThat(e.getMessage()).startsWith("it, line ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(99) }}",
        "{% set n = namespace(a=[1]) %}{% for a in range(99) %}{% set n.a = n.a + n.a %}{% endfor %}",
        "{% set n = namespace(a='x') %}{% for a in range(99) %}{% set n.a = n.a ~ n.a %}{% endfor %}",
        "{% set n = namespace(a=1) %}{% for a in range(99999) %}{% set n.a = [n.a] %}{% endfor %}{{ n.a }}",
        "{{ {'a': [1]}|tojson(indent=2000000000) }}",
        "{{ 'a'|indent(-1) }}",
        "{{ [1]|tojson(separators=[',']) }}",
        "{% for a in [1] %}{{ loop.cycle() }}{% endfor %}",
        "{{ 99999999999999999999 }}"
      })
  void a_hostile_template_is_refused(String template) {
    assertThatThrownBy(() -> JinjaTemplate.parse("it", template).render(Map.of()))
        .isInstanceOf(InvalidInputException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{ '%s' }}", "{# %s #}", "%s"})
  void long_texts_are_read(String around) {
    String text = "a\\n".repeat(100_000);
    String rendered = JinjaTemplate.parse("it", around.replace("%s", text)).render(Map.of());
    assertThat(rendered.length()).isIn(0, text.length(), text.length() * 2 / 3);
  }
}
