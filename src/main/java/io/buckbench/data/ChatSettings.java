package io.buckbench.data;

import io.buckbench.data.jinja.None;
import io.buckbench.input.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a chat template is used: {@code template}, perhaps followed by variables for it, such as
 * {@code template; enable_thinking=false}.
 *
 * @param variables name to value; {@code true}, {@code false}, {@code none} and whole numbers are
 *     those values, anything else is a text
 */
public record ChatSettings(Map<String, Object> variables) {
  private static final String TEMPLATE = "template";
  private static final String EXPECTED =
      TEMPLATE
          + ", or "
          + TEMPLATE
          + " with variables after it, such as"
          + " template; enable_thinking=false";

  public ChatSettings {
    variables = Map.copyOf(variables);
  }

  /**
   * Reads the settings.
   *
   * @param where the place, for messages
   * @return empty for an empty text, which means no template
   * @throws InvalidInputException if they are malformed
   */
  public static Optional<ChatSettings> parse(String where, String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    Map<String, Object> variables = new LinkedHashMap<>();
    String[] parts = text.split(";", -1);
    boolean right = parts[0].strip().equals(TEMPLATE);
    for (int i = 1; i < parts.length && right; i++) {
      int at = parts[i].indexOf('=');
      String name = at < 0 ? "" : parts[i].substring(0, at).strip();
      right =
          name.matches("[A-Za-z_][A-Za-z0-9_]*")
              && variables.put(name, value(parts[i].substring(at + 1).strip())) == null;
    }
    if (!right) {
      throw new InvalidInputException(where, "'" + text + "'", EXPECTED, "correct the value");
    }
    return Optional.of(new ChatSettings(variables));
  }

  private static Object value(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      case "none" -> None.NONE;
      default -> text.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(text) : text;
    };
  }
}
