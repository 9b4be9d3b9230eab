package io.buckbench.peft.ia3;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Families;
import io.buckbench.model.LinearModule;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.ConfigJson;
import io.buckbench.peft.HookedAdapter;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
import io.buckbench.peft.TargetModules;
import io.buckbench.peft.TextTokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * IA3's settings. The default of {@code init_ia3_weights} is true (peft/tuners/ia3/config.py).
 *
 * @param targetModules the modules; empty for PEFT's defaults for the model's family
 * @param feedforwardModules the target modules whose input is scaled instead of the output; empty
 *     for PEFT's defaults
 * @param ones PEFT's {@code init_ia3_weights}: whether the vectors start at one
 */
public record Ia3Config(
    Optional<TargetModules> targetModules, Optional<TargetModules> feedforwardModules, boolean ones)
    implements MethodConfig {

  /** Checks that feed-forward modules are targets, as PEFT does. */
  public Ia3Config {
    Problems problems = new Problems();
    targetModules.ifPresent(modules -> modules.required(problems));
    // Not checked for an expression, which has no names, nor for a family's default, which PEFT
    // allows to be unused.
    List<String> targets = targetModules.map(TargetModules::names).orElse(List.of());
    List<String> inputs = feedforwardModules.map(TargetModules::names).orElse(List.of());
    if (!targets.isEmpty()
        && Families.all().stream().noneMatch(f -> f.ia3FeedForward().equals(inputs))) {
      inputs.stream()
          .filter(name -> !targets.contains(name))
          .forEach(
              name ->
                  problems.add(
                      "feedforward_modules",
                      name + ", which is not in target_modules",
                      "a part of " + targets,
                      "add it to target_modules or remove it"));
    }
    problems.throwIfAny();
  }

  /** PEFT's defaults. */
  public static Ia3Config defaults() {
    return new Ia3Config(Optional.empty(), Optional.empty(), true);
  }

  /** Reads PEFT's keys. */
  public static Ia3Config from(ConfigJson json) {
    Optional<TargetModules> targets = json.modules("target_modules");
    Optional<TargetModules> feedforward = json.modules("feedforward_modules");
    boolean ones = json.flag("init_ia3_weights", true);
    json.off("fan_in_fan_out", "modules_to_save", "exclude_modules");
    return json.build(() -> new Ia3Config(targets, feedforward, ones));
  }

  /** The hooked modules of a model, in PEFT's order. */
  List<LinearModule> targets(Architecture model) {
    return modules(model).in(model);
  }

  private TargetModules modules(Architecture model) {
    return targetModules.orElseGet(() -> TargetModules.named(model.targetDefaults().ia3()));
  }

  private TargetModules inputs(Architecture model) {
    return feedforwardModules.orElseGet(
        () -> TargetModules.named(model.targetDefaults().ia3FeedForward()));
  }

  /** Whether a module's input is scaled, and not its output. */
  boolean onInput(LinearModule module, Architecture model) {
    return inputs(model).matches(module);
  }

  /** The vector's shape. PEFT stores a row for an input and a column for an output. */
  private long[] vectorShape(LinearModule module, Architecture model) {
    return onInput(module, model) ? new long[] {1, module.in()} : new long[] {module.out(), 1};
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.IA3;
  }

  @Override
  public Map<String, long[]> savedShapes(Architecture model) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (LinearModule m : targets(model)) {
      shapes.put(TargetModules.wrapped(m) + ".ia3_l", vectorShape(m, model));
    }
    return shapes;
  }

  @Override
  public Adapter attach(CausalLM base, long seed, TextTokens tokenizer) {
    check(base.architecture());
    return new Ia3Adapter(this, base, Ia3Adapter.initial(this, seed));
  }

  @Override
  public Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder) {
    return new Ia3Adapter(this, base, HookedAdapter.Values.of(saved));
  }

  @Override
  public ObjectNode toJson(Architecture model) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("fan_in_fan_out", false);
    json.set("feedforward_modules", inputs(model).toJson());
    json.put("init_ia3_weights", ones);
    json.putNull("modules_to_save");
    json.set("target_modules", modules(model).toJson());
    return json;
  }
}
