package io.buckbench.peft;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which modules a method changes, by PEFT's rules ({@code check_target_module_exists} and {@code
 * _maybe_include_all_linear_layers} in peft/tuners/tuners_utils.py).
 *
 * @param modules PEFT's {@code target_modules}; empty for PEFT's defaults for the model's family
 * @param exclude PEFT's {@code exclude_modules}, which wins over {@code modules}
 * @param layers the layers that names apply to; empty for all
 * @param toSave PEFT's {@code modules_to_save}: ends of names of modules that are trained as a
 *     whole
 */
public record Targets(
    Optional<TargetModules> modules,
    Optional<TargetModules> exclude,
    Optional<LayerSelection> layers,
    List<String> toSave) {
  private static final String KEY = "target_modules";
  private static final String SAVE_KEY = "modules_to_save";

  /** Checks that something is named, and that layers are selected only for names, as in PEFT. */
  public Targets {
    toSave = toSave.stream().sorted().distinct().toList();
    Problems problems = new Problems();
    if (modules.filter(TargetModules::isEmpty).isPresent()) {
      problems.add(
          KEY, "nothing", "the name of at least one module", "name one, or remove the key");
    }
    if (layers.isPresent() && modules.filter(m -> m.expression().isPresent()).isPresent()) {
      problems.add(
          "layers_to_transform",
          "layers beside an expression in target_modules",
          "layers beside a list of names, as in PEFT",
          "write the layers into the expression, or use a list of names");
    }
    problems.throwIfAny();
  }

  /** PEFT's default targets. */
  public static Targets defaults() {
    return of(Optional.empty());
  }

  /** Only {@code target_modules}. */
  public static Targets of(Optional<TargetModules> modules) {
    return new Targets(modules, Optional.empty(), Optional.empty(), List.of());
  }

  /**
   * Reads PEFT's keys.
   *
   * @param excluding whether the method has {@code exclude_modules}
   * @param layered whether the method has {@code layers_to_transform} and {@code layers_pattern}
   */
  public static Targets read(ConfigJson json, boolean excluding, boolean layered) {
    Optional<TargetModules> modules = json.modules(KEY);
    Optional<TargetModules> exclude =
        excluding ? json.optionalModules("exclude_modules") : Optional.empty();
    Optional<LayerSelection> layers =
        layered ? Optional.ofNullable(LayerSelection.read(json)) : Optional.empty();
    List<String> toSave = json.strings(SAVE_KEY, false);
    return json.part(() -> new Targets(modules, exclude, layers, toSave), defaults());
  }

  /**
   * The modules of a model that are changed, in PEFT's order.
   *
   * @param defaults what {@code target_modules} is if it is not given
   * @param supported the modules that the method can change
   * @param kind such modules in words, for messages
   * @throws InvalidInputException if a name or the expression matches nothing, or a module that the
   *     method cannot change
   */
  public List<ModelModule> in(
      Architecture model, List<String> defaults, Predicate<ModelModule> supported, String kind) {
    List<ModelModule> all = ModelModule.of(model);
    TargetModules wanted = modules.orElseGet(() -> TargetModules.named(defaults));
    Predicate<String> included =
        exclude
            .map(e -> e.matcher("exclude_modules").negate())
            .orElse(path -> true)
            .and(saving(all).negate());
    if (wanted.allLinear()) {
      return nonEmpty(
          all.stream().filter(m -> m.kind() == ModelModule.Kind.LINEAR),
          included,
          all,
          "all-linear, of which every module is excluded");
    }
    Problems problems = new Problems();
    unmatched(wanted, all)
        .forEach(name -> noMatch(problems, KEY, name, all, "which matches no module"));
    Predicate<String> matches = wanted.matcher(KEY).and(included).and(inLayers(wanted));
    Stream.concat(
            ModelModule.containers(all).stream(),
            all.stream().filter(supported.negate()).map(ModelModule::path))
        .filter(matches)
        .forEach(
            path ->
                problems.add(
                    KEY,
                    path + ", which is not " + kind,
                    kind,
                    "exclude it, or change target_modules so that it does not match"));
    problems.throwIfAny();
    return nonEmpty(
        all.stream(), matches, all, "a selection of which no module of this model is left");
  }

  private static List<ModelModule> nonEmpty(
      Stream<ModelModule> modules,
      Predicate<String> matches,
      List<ModelModule> all,
      String otherwise) {
    List<ModelModule> matched = modules.filter(m -> matches.test(m.path())).toList();
    if (matched.isEmpty()) {
      Problems problems = new Problems();
      noMatch(problems, KEY, otherwise, all, "by the settings for layers and exclusions");
      problems.throwIfAny();
    }
    return matched;
  }

  private static Stream<String> unmatched(TargetModules wanted, List<ModelModule> all) {
    Set<String> paths = all.stream().map(ModelModule::path).collect(Collectors.toSet());
    paths.addAll(ModelModule.containers(all));
    return Stream.concat(
        wanted.names().stream()
            .filter(name -> paths.stream().noneMatch(p -> TargetModules.matches(name, p))),
        wanted.expression().stream()
            .filter(e -> paths.stream().noneMatch(TargetModules.matching(e).matcher(KEY))));
  }

  /** PEFT does not look at the layers of a module whose full name is in the list. */
  private Predicate<String> inLayers(TargetModules wanted) {
    return layers
        .<Predicate<String>>map(
            selected -> path -> wanted.names().contains(path) || selected.contains(path))
        .orElse(path -> true);
  }

  private static void noMatch(
      Problems problems, String key, String found, List<ModelModule> all, String why) {
    problems.add(
        key,
        found + ", " + why + " of this model",
        "a name from "
            + all.get(0).path()
            + " to "
            + all.get(all.size() - 1).path()
            + ": "
            + all.stream().map(ModelModule::name).distinct().collect(Collectors.joining(", ")),
        "name a module of the model");
  }

  /** Modules that PEFT's adapters leave alone because of {@code modules_to_save}. */
  private Predicate<String> saving(List<ModelModule> all) {
    Set<String> roots = roots(all);
    Predicate<String> saved = path -> roots.stream().anyMatch(root -> isWithin(path, root));
    for (String name : toSave) {
      PythonPattern part = PythonPattern.of(SAVE_KEY, "(^|.*\\.)" + name + "($|\\..*)");
      saved = saved.or(path -> part.atStartOf(path).lookingAt());
    }
    return saved;
  }

  private static boolean isWithin(String path, String root) {
    return path.equals(root) || path.startsWith(root + ".");
  }

  /** The module among those of {@code modules_to_save} that a module is or belongs to. */
  Optional<String> savedRoot(List<ModelModule> all, ModelModule module) {
    return roots(all).stream().filter(root -> isWithin(module.path(), root)).findFirst();
  }

  /**
   * The full names of the modules that are trained as a whole: every module, also one that holds
   * others, whose full name ends in one of the given names.
   */
  private Set<String> roots(List<ModelModule> all) {
    if (toSave.isEmpty()) {
      return Set.of();
    }
    Set<String> paths = ModelModule.containers(all);
    all.forEach(m -> paths.add(m.path()));
    Problems problems = new Problems();
    Set<String> roots = new TreeSet<>();
    for (String name : toSave) {
      List<String> matched = paths.stream().filter(path -> path.endsWith(name)).toList();
      roots.addAll(matched);
      if (matched.isEmpty()) {
        noMatch(problems, SAVE_KEY, name, all, "which is the end of no module's name");
      }
    }
    for (String root : roots) {
      roots.stream()
          .filter(other -> !other.equals(root) && isWithin(root, other))
          .forEach(
              other ->
                  problems.add(
                      SAVE_KEY,
                      root + " inside " + other,
                      "modules that do not contain each other",
                      "name only one of them"));
    }
    problems.throwIfAny();
    return roots;
  }

  /** Writes PEFT's keys. */
  public void write(ObjectNode json, List<String> defaults, boolean excluding, boolean layered) {
    json.set(KEY, modules.orElseGet(() -> TargetModules.named(defaults)).toJson());
    if (excluding) {
      json.set("exclude_modules", exclude.map(TargetModules::toJson).orElse(null));
    }
    if (layered) {
      json.putNull("layers_to_transform").putNull("layers_pattern");
      layers.ifPresent(selected -> selected.write(json));
    }
    ArrayNode names = json.arrayNode();
    toSave.forEach(names::add);
    json.set(SAVE_KEY, toSave.isEmpty() ? null : names);
  }
}
