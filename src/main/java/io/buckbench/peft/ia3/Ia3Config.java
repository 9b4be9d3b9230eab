package io.buckbench.peft.ia3;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.input.Problems;
import io.buckbench.model.CausalLM;
import io.buckbench.model.OptConfig;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.ConfigJson;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
import io.buckbench.peft.Target;
import io.buckbench.peft.TargetModules;
import io.buckbench.peft.TextTokens;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * IA3's settings. Defaults are OPT's lines in peft/utils/constants.py: {@code target_modules}
 * q_proj, k_proj, fc2 and {@code feedforward_modules} fc2; {@code init_ia3_weights} true from
 * peft/tuners/ia3/config.py.
 *
 * @param targetModules which projections
 * @param feedforwardModules which of these are scaled on what enters, not on what leaves
 * @param ones PEFT's {@code init_ia3_weights}: whether the vectors start at one
 */
public record Ia3Config(TargetModules targetModules, TargetModules feedforwardModules, boolean ones)
    implements MethodConfig {

  /** Refuses feed-forward names that are not targets, as PEFT does. */
  public Ia3Config {
    Problems problems = new Problems();
    targetModules.required(problems);
    for (String name : feedforwardModules.names()) {
      // PEFT compares only what was written; its own default, fc2, may stand unused.
      if (targetModules.expression().isEmpty()
          && !targetModules.names().contains(name)
          && !feedforwardModules.equals(defaultFeedforward())) {
        problems.add(
            "feedforward_modules",
            name + ", which is not in target_modules",
            "a part of " + targetModules.names(),
            "add it to target_modules or take it out");
      }
    }
    problems.throwIfAny();
  }

  private static TargetModules defaultFeedforward() {
    return TargetModules.named("fc2");
  }

  /** PEFT's defaults for OPT. */
  public static Ia3Config defaults() {
    return new Ia3Config(
        TargetModules.named("q_proj", "k_proj", "fc2"), defaultFeedforward(), true);
  }

  /** Reads PEFT's keys. */
  public static Ia3Config from(ConfigJson json) {
    TargetModules targets = json.modules("target_modules").orElse(defaults().targetModules);
    TargetModules feedforward = json.modules("feedforward_modules").orElse(defaultFeedforward());
    boolean ones = json.flag("init_ia3_weights", true);
    json.off("fan_in_fan_out", "modules_to_save", "exclude_modules");
    return json.build(() -> new Ia3Config(targets, feedforward, ones));
  }

  /** Whether a target is scaled on what enters. */
  boolean onInput(Target target) {
    return feedforwardModules.matches(target);
  }

  /** The vector's shape: PEFT stores a row for the input and a column for the output. */
  long[] vectorShape(Target target, OptConfig shape) {
    return onInput(target) ? new long[] {1, target.in(shape)} : new long[] {target.out(shape), 1};
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.IA3;
  }

  @Override
  public long trainableParameters(OptConfig shape) {
    return targetModules.in(shape).stream()
        .mapToLong(t -> onInput(t) ? t.in(shape) : t.out(shape))
        .sum();
  }

  @Override
  public void check(OptConfig shape) {
    targetModules.in(shape);
  }

  @Override
  public Map<String, long[]> savedShapes(OptConfig shape) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (Target t : targetModules.in(shape)) {
      shapes.put(t.wrapped() + ".ia3_l", vectorShape(t, shape));
    }
    return shapes;
  }

  @Override
  public Adapter attach(CausalLM base, long seed, TextTokens tokenizer) {
    check(base.config());
    return Ia3Adapter.initialised(this, base, seed);
  }

  @Override
  public Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder) {
    check(base.config());
    return Ia3Adapter.restored(this, base, saved);
  }

  @Override
  public ObjectNode toJson(OptConfig shape) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("fan_in_fan_out", false);
    json.set("feedforward_modules", feedforwardModules.toJson());
    json.put("init_ia3_weights", ones);
    json.putNull("modules_to_save");
    json.set("target_modules", targetModules.toJson());
    return json;
  }
}
