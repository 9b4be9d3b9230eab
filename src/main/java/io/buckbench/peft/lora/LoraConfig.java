package io.buckbench.peft.lora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * LoRA's settings. The defaults are those of PEFT 0.21 and 0.4 (peft/tuners/lora/config.py): {@code
 * r} 8, {@code lora_alpha} 8, {@code lora_dropout} 0, {@code init_lora_weights} true.
 *
 * @param rank PEFT's {@code r}
 * @param alpha PEFT's {@code lora_alpha}; the product is scaled by alpha / rank
 * @param dropout PEFT's {@code lora_dropout}, on the input of A
 * @param targetModules the modules; empty for PEFT's defaults for the model's family
 * @param init initial values of A and B
 */
public record LoraConfig(
    int rank, double alpha, double dropout, Optional<TargetModules> targetModules, Init init)
    implements MethodConfig {

  /** PEFT's {@code init_lora_weights}. */
  public enum Init {
    /** {@code true}: A uniform within 1 / sqrt(in), B zero. */
    KAIMING,
    /** {@code "gaussian"}: A normal with standard deviation 1 / rank, B zero. */
    GAUSSIAN,
    /** {@code false}: A and B uniform as in {@code nn.Linear}, which changes the logits at once. */
    LINEAR
  }

  /** Checks that all numbers are in their range. */
  public LoraConfig {
    Problems problems = new Problems();
    if (rank < 1) {
      problems.add("r", Integer.toString(rank), "at least 1", "give a positive rank");
    }
    if (!(alpha > 0) || Double.isInfinite(alpha)) {
      problems.add("lora_alpha", Double.toString(alpha), "a number above 0", "2 r is common");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      problems.add(
          "lora_dropout", Double.toString(dropout), "at least 0 and below 1", "0.05 is common");
    }
    targetModules.ifPresent(modules -> modules.required(problems));
    problems.throwIfAny();
  }

  /** PEFT's defaults. */
  public static LoraConfig defaults() {
    return new LoraConfig(8, 8, 0, Optional.empty(), Init.KAIMING);
  }

  /** Reads PEFT's keys. */
  public static LoraConfig from(ConfigJson json) {
    LoraConfig defaults = defaults();
    int rank = json.integer("r").orElse(defaults.rank);
    double alpha = json.number("lora_alpha", defaults.alpha);
    double dropout = json.number("lora_dropout", defaults.dropout);
    Optional<TargetModules> targets = json.modules("target_modules");
    Init init = json.value("init_lora_weights").map(n -> init(json, n)).orElse(defaults.init);
    json.text("bias")
        .filter(b -> !b.equals("none"))
        .ifPresent(b -> json.problem("bias", b, "none", "remove the key; biases stay frozen"));
    json.note("megatron_core", "qalora_group_size"); // PEFT writes them even if unused
    json.off("fan_in_fan_out", "modules_to_save", "layers_to_transform", "layers_pattern");
    json.off("rank_pattern", "alpha_pattern", "use_rslora", "use_dora", "exclude_modules");
    json.off("megatron_config", "loftq_config", "lora_bias", "trainable_token_indices");
    json.off("eva_config", "corda_config", "kasa_config", "lora_ga_config", "velora_config");
    json.off("monteclora_config", "arrow_config", "layer_replication", "target_parameters");
    json.off("use_qalora", "use_bdlora", "ensure_weight_tying", "alora_invocation_tokens");
    json.off("runtime_config", "enable_lora", "merge_weights");
    return json.build(() -> new LoraConfig(rank, alpha, dropout, targets, init));
  }

  private static Init init(ConfigJson json, JsonNode found) {
    if (found.isBoolean()) {
      return found.booleanValue() ? Init.KAIMING : Init.LINEAR;
    }
    if (!found.asText().toLowerCase(Locale.ROOT).equals("gaussian")) {
      json.problem(
          "init_lora_weights", found.toString(), "true, false or \"gaussian\"", "use true");
    }
    return Init.GAUSSIAN;
  }

  /** The hooked modules of a model, in PEFT's order. */
  List<LinearModule> targets(Architecture model) {
    return modules(model).in(model);
  }

  private TargetModules modules(Architecture model) {
    return targetModules.orElseGet(() -> TargetModules.named(model.targetDefaults().lora()));
  }

  /** alpha / rank. */
  public double scaling() {
    return alpha / rank;
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.LORA;
  }

  @Override
  public Map<String, long[]> savedShapes(Architecture model) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (LinearModule m : targets(model)) {
      shapes.put(TargetModules.wrapped(m) + ".lora_A.weight", new long[] {rank, m.in()});
      shapes.put(TargetModules.wrapped(m) + ".lora_B.weight", new long[] {m.out(), rank});
    }
    return shapes;
  }

  @Override
  public Adapter attach(CausalLM base, long seed, TextTokens tokenizer) {
    check(base.architecture());
    return new LoraAdapter(this, base, LoraAdapter.initial(this, seed));
  }

  @Override
  public Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder) {
    return new LoraAdapter(this, base, HookedAdapter.Values.of(saved));
  }

  @Override
  public ObjectNode toJson(Architecture model) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("bias", "none");
    json.put("fan_in_fan_out", false);
    switch (init) {
      case KAIMING -> json.put("init_lora_weights", true);
      case GAUSSIAN -> json.put("init_lora_weights", "gaussian");
      case LINEAR -> json.put("init_lora_weights", false);
    }
    json.putNull("layers_pattern");
    json.putNull("layers_to_transform");
    if (alpha == Math.rint(alpha)) {
      json.put("lora_alpha", (long) alpha);
    } else {
      json.put("lora_alpha", alpha);
    }
    json.put("lora_dropout", dropout);
    json.putNull("modules_to_save");
    json.put("r", rank);
    json.set("target_modules", modules(model).toJson());
    return json;
  }
}
