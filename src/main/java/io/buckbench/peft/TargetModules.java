package io.buckbench.peft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Module names as PEFT's keys give them: a list of names, or one string. A name in a list matches a
 * module whose full name equals it or ends in a dot and the name. A string is a regular expression
 * of Python for the full name; in {@code target_modules}, {@code all-linear} is every linear module
 * but the head.
 *
 * @param names empty if there is an expression
 * @param expression the single string
 */
public record TargetModules(List<String> names, Optional<String> expression) {
  /** PEFT's name for every linear module apart from the head. */
  public static final String ALL_LINEAR = "all-linear";

  /** Sorts the names, which PEFT keeps in a set. */
  public TargetModules {
    names = names.stream().sorted().distinct().toList();
  }

  /** A list of names. */
  public static TargetModules named(List<String> names) {
    return new TargetModules(names, Optional.empty());
  }

  /** A regular expression of Python, or {@code all-linear}. */
  public static TargetModules matching(String expression) {
    return new TargetModules(List.of(), Optional.of(expression));
  }

  /** Whether this is {@code all-linear}, in any case of letters. */
  boolean allLinear() {
    return expression.filter(e -> e.toLowerCase(Locale.ROOT).equals(ALL_LINEAR)).isPresent();
  }

  /** Whether there is neither a name nor an expression. */
  boolean isEmpty() {
    return names.isEmpty() && expression.isEmpty();
  }

  /**
   * Whether a full name matches a name of the list or the expression.
   *
   * @param key the key that holds the expression, for messages
   * @throws io.buckbench.input.InvalidInputException if the expression cannot be read
   */
  public Predicate<String> matcher(String key) {
    return expression
        .<Predicate<String>>map(e -> PythonPattern.of(key, e)::matches)
        .orElse(path -> names.stream().anyMatch(name -> matches(name, path)));
  }

  /** Whether a full name is a name of a list, or ends in a dot and the name. */
  static boolean matches(String name, String path) {
    return path.equals(name) || path.endsWith("." + name);
  }

  /** The value, as PEFT writes it. */
  public JsonNode toJson() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (expression.isPresent()) {
      return json.textNode(expression.get());
    }
    var list = json.arrayNode();
    names.forEach(list::add);
    return list;
  }
}
