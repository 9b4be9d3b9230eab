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
import io.buckbench.peft.AdapterTensor;
import io.buckbench.peft.ConfigJson;
import io.buckbench.peft.HookedAdapter;
import io.buckbench.peft.HookedConfig;
import io.buckbench.peft.KeptActivations;
import io.buckbench.peft.ModelModule;
import io.buckbench.peft.PeftMethod;
import io.buckbench.peft.TargetModules;
import io.buckbench.peft.Targets;
import io.buckbench.peft.TextTokens;
import io.buckbench.peft.TrainedBias;
import java.util.List;
import java.util.Optional;

/**
 * IA3's settings. The default of {@code init_ia3_weights} is true (peft/tuners/ia3/config.py).
 *
 * @param targets the modules
 * @param feedforwardModules the target modules whose input is scaled instead of the output; empty
 *     for PEFT's defaults
 * @param ones PEFT's {@code init_ia3_weights}: whether the vectors start at one
 */
public record Ia3Config(Targets targets, Optional<TargetModules> feedforwardModules, boolean ones)
    implements HookedConfig {
  private static final String FEED_FORWARD = "feedforward_modules";

  /** Checks that feed-forward modules are targets, as PEFT does. */
  public Ia3Config {
    Problems problems = new Problems();
    // Not checked for an expression, which has no names, nor for a family's default, which PEFT
    // allows to be unused.
    List<String> names = targets.modules().map(TargetModules::names).orElse(List.of());
    List<String> inputs = feedforwardModules.map(TargetModules::names).orElse(List.of());
    if (!names.isEmpty()
        && Families.all().stream().noneMatch(f -> f.ia3FeedForward().equals(inputs))) {
      inputs.stream()
          .filter(name -> !names.contains(name))
          .forEach(
              name ->
                  problems.add(
                      FEED_FORWARD,
                      name + ", which is not in target_modules",
                      "a part of " + names,
                      "add it to target_modules or remove it"));
    }
    problems.throwIfAny();
  }

  /** PEFT's defaults. */
  public static Ia3Config defaults() {
    return new Ia3Config(Targets.defaults(), Optional.empty(), true);
  }

  /** Reads PEFT's keys. */
  public static Ia3Config from(ConfigJson json) {
    Targets targets = Targets.read(json, true, false);
    Optional<TargetModules> feedforward = json.modules(FEED_FORWARD);
    boolean ones = json.flag("init_ia3_weights", true);
    json.note("fan_in_fan_out"); // PEFT corrects it for each module
    return json.build(() -> new Ia3Config(targets, feedforward, ones));
  }

  /** The hooked modules of a model, in PEFT's order. */
  List<ModelModule> targets(Architecture model) {
    return targets.in(
        model, model.targetDefaults().ia3(), m -> m.linear().isPresent(), "a linear module");
  }

  private TargetModules inputs(Architecture model) {
    return feedforwardModules.orElseGet(
        () -> TargetModules.named(model.targetDefaults().ia3FeedForward()));
  }

  /**
   * Whether a module's input is scaled, and not its output. For a list of names, PEFT asks whether
   * the module's full name ends in one of them, in this case also within a part of the name.
   */
  boolean onInput(ModelModule module, Architecture model) {
    TargetModules inputs = inputs(model);
    return inputs.expression().isPresent()
        ? inputs.matcher(FEED_FORWARD).test(module.path())
        : inputs.names().stream().anyMatch(module.path()::endsWith);
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.IA3;
  }

  @Override
  public List<AdapterTensor> tensors(Architecture model) {
    return tensors(
        model,
        targets(model),
        TrainedBias.NONE,
        module -> List.of(AdapterTensor.trained(name(module), shape(module, model))));
  }

  /** A scaled input or output is a new array, and both it and the unscaled one are kept. */
  @Override
  public List<KeptActivations.OfModule> keptByHooks(Architecture model) {
    return targets(model).stream()
        .map(
            target -> {
              LinearModule module = target.linear().orElseThrow();
              return onInput(target, model)
                  ? KeptActivations.OfModule.trained(module)
                  : new KeptActivations.OfModule(module, false, module.out());
            })
        .toList();
  }

  /** The name of a module's vector. */
  static String name(ModelModule module) {
    return module.wrapped() + ".ia3_l";
  }

  /** The vector's shape. PEFT stores a row for an input and a column for an output. */
  private long[] shape(ModelModule module, Architecture model) {
    LinearModule linear = module.linear().orElseThrow();
    return onInput(module, model) ? new long[] {1, linear.in()} : new long[] {linear.out(), 1};
  }

  @Override
  public Adapter attach(CausalLM base, long seed, TextTokens tokenizer) {
    check(base.architecture());
    return new Ia3Adapter(
        this, base, HookedAdapter.Values.initial(base, Ia3Adapter.drawn(this, seed)));
  }

  @Override
  public Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder) {
    return new Ia3Adapter(this, base, HookedAdapter.Values.of(saved));
  }

  @Override
  public ObjectNode toJson(Architecture model) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("fan_in_fan_out", HookedConfig.transposed(targets(model)));
    List<String> defaults = model.targetDefaults().ia3();
    List<String> named = targets.modules().map(TargetModules::names).orElse(defaults);
    TargetModules inputs = inputs(model);
    // PEFT refuses a file that names others than targets.
    boolean both = inputs.expression().isEmpty() && !named.isEmpty();
    json.set(
        FEED_FORWARD,
        both
            ? TargetModules.named(inputs.names().stream().filter(named::contains).toList()).toJson()
            : inputs.toJson());
    json.put("init_ia3_weights", ones);
    targets.write(json, defaults, true, false);
    return json;
  }
}
