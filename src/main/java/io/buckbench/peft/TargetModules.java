package io.buckbench.peft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.Families;
import io.buckbench.model.LinearModule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which modules a method hooks, by PEFT's rule ({@code check_target_module_exists} in
 * peft/tuners/tuners_utils.py): names in a list match a module whose full name is that name or ends
 * in a dot and that name; one string is a regular expression for the full name, and {@code
 * all-linear} means every one.
 *
 * <p>An empty list matches nothing.
 *
 * @param names empty where there is an expression
 * @param expression the one string
 */
public record TargetModules(List<String> names, Optional<String> expression) {
  private static final String ALL_LINEAR = "all-linear";

  /** The modules of every family, since a file is read before its model is known. */
  private static final Set<String> KNOWN =
      Families.all().stream()
          .flatMap(family -> family.moduleNames().stream())
          .collect(Collectors.toCollection(LinkedHashSet::new));

  /** Refuses, all at once, names that no family of models has. */
  public TargetModules {
    // A set, to PEFT: order and repetition mean nothing.
    names = names.stream().sorted().distinct().toList();
    List<Problem> problems = new ArrayList<>();
    for (String name : names) {
      String last = name.substring(name.lastIndexOf('.') + 1);
      if (!KNOWN.contains(last)) {
        problems.add(
            new Problem(
                "target_modules",
                "the module " + name,
                "any of " + String.join(", ", KNOWN),
                "name linear modules of the model's decoder layers"));
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
                    new Problem(
                        "target_modules",
                        e + " (" + bad.getDescription() + ")",
                        "a regular expression or " + ALL_LINEAR,
                        "mend the expression, or give a list of names"));
              }
            });
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** Whether there is no name and no expression. */
  public boolean isEmpty() {
    return names.isEmpty() && expression.isEmpty();
  }

  /** Notes a problem if nothing is named. */
  public void required(Problems problems) {
    if (isEmpty()) {
      problems.add(
          "target_modules", "nothing", "any of " + String.join(", ", KNOWN), "name at least one");
    }
  }

  /** A list of names. */
  public static TargetModules named(List<String> names) {
    return new TargetModules(names, Optional.empty());
  }

  /** A list of names. */
  public static TargetModules named(String... names) {
    return named(List.of(names));
  }

  /** One regular expression, or {@code all-linear}. */
  public static TargetModules matching(String expression) {
    return new TargetModules(List.of(), Optional.of(expression));
  }

  /** Whether a module is meant. */
  public boolean matches(LinearModule module) {
    return expression.isPresent()
        ? expression.get().equals(ALL_LINEAR) || Pattern.matches(expression.get(), module.path())
        : names.stream().anyMatch(n -> matches(n, module));
  }

  private static boolean matches(String name, LinearModule module) {
    return module.path().equals(name) || module.path().endsWith("." + name);
  }

  /**
   * Every module that is meant, in PEFT's order.
   *
   * @throws InvalidInputException if a name, or the expression, matches nothing in this model
   */
  public List<LinearModule> in(Architecture model) {
    List<LinearModule> all = model.linearModules();
    List<Problem> problems = new ArrayList<>();
    Stream.concat(
            names.stream().filter(n -> all.stream().noneMatch(m -> matches(n, m))),
            expression.stream().filter(e -> all.stream().noneMatch(this::matches)))
        .forEach(
            unmatched ->
                problems.add(
                    new Problem(
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
                        "name a module that the model has")));
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return all.stream().filter(this::matches).toList();
  }

  /** A module's full name under PEFT's wrapper. */
  public static String wrapped(LinearModule module) {
    return "base_model.model." + module.path();
  }

  /** As PEFT writes it. */
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
