package io.buckbench.peft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.Families;
import io.buckbench.model.LinearModule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modules that a method hooks, by PEFT's rule ({@code check_target_module_exists} in
 * peft/tuners/tuners_utils.py). A name in a list matches a module whose full name equals it or ends
 * in a dot and the name. A single string is a regular expression for the full name; {@code
 * all-linear} matches every module. An empty list matches nothing.
 *
 * @param names empty if there is an expression
 * @param expression the single string
 */
public record TargetModules(List<String> names, Optional<String> expression) {
  private static final String ALL_LINEAR = "all-linear";

  /** The modules of every family, since a file is read before the model is known. */
  private static final Set<String> KNOWN =
      Families.all().stream()
          .flatMap(family -> family.moduleNames().stream())
          .collect(Collectors.toCollection(LinkedHashSet::new));

  /** Checks that every name exists in some family, and that the expression is valid. */
  public TargetModules {
    // PEFT keeps them in a set, where order and repetition have no meaning.
    names = names.stream().sorted().distinct().toList();
    Problems problems = new Problems();
    for (String name : names) {
      String last = name.substring(name.lastIndexOf('.') + 1);
      if (!KNOWN.contains(last)) {
        problems.add(
            "target_modules",
            "the module " + name,
            "any of " + String.join(", ", KNOWN),
            "name linear modules of the model's decoder layers");
      }
    }
    expression
        .filter(e -> !e.equals(ALL_LINEAR))
        .ifPresent(
            e -> {
              try {
                Pattern.compile(e);
              } catch (PatternSyntaxException bad) {
                problems.add(
                    "target_modules",
                    e + " (" + bad.getDescription() + ")",
                    "a regular expression or " + ALL_LINEAR,
                    "correct the expression, or use a list of names");
              }
            });
    problems.throwIfAny();
  }

  /** Notes a problem if there is neither a name nor an expression. */
  public void required(Problems problems) {
    if (names.isEmpty() && expression.isEmpty()) {
      problems.add(
          "target_modules", "nothing", "any of " + String.join(", ", KNOWN), "name at least one");
    }
  }

  /** A list of names. */
  public static TargetModules named(List<String> names) {
    return new TargetModules(names, Optional.empty());
  }

  /** A regular expression, or {@code all-linear}. */
  public static TargetModules matching(String expression) {
    return new TargetModules(List.of(), Optional.of(expression));
  }

  /** Whether a module is hooked. */
  public boolean matches(LinearModule module) {
    return expression.isPresent()
        ? expression.get().equals(ALL_LINEAR) || Pattern.matches(expression.get(), module.path())
        : names.stream().anyMatch(n -> matches(n, module));
  }

  private static boolean matches(String name, LinearModule module) {
    return module.path().equals(name) || module.path().endsWith("." + name);
  }

  /**
   * The modules of a model that are hooked, in PEFT's order.
   *
   * @throws io.buckbench.input.InvalidInputException if a name or the expression matches nothing
   */
  public List<LinearModule> in(Architecture model) {
    List<LinearModule> all = model.linearModules();
    Problems problems = new Problems();
    Stream.concat(
            names.stream().filter(n -> all.stream().noneMatch(m -> matches(n, m))),
            expression.stream().filter(e -> all.stream().noneMatch(this::matches)))
        .forEach(
            unmatched ->
                problems.add(
                    "target_modules",
                    unmatched + ", which matches no module of this model",
                    "a name from "
                        + all.get(0).path()
                        + " to "
                        + all.get(all.size() - 1).path()
                        + ": "
                        + all.stream()
                            .map(LinearModule::name)
                            .distinct()
                            .collect(Collectors.joining(", ")),
                    "name a module of the model"));
    problems.throwIfAny();
    return all.stream().filter(this::matches).toList();
  }

  /** A module's full name inside PEFT's wrapper. */
  public static String wrapped(LinearModule module) {
    return "base_model.model." + module.path();
  }

  /** The value of {@code target_modules}, as PEFT writes it. */
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
