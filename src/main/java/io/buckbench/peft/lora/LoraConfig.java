package io.buckbench.peft.lora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * LoRA's settings. The defaults are those of PEFT 0.21 and 0.4 (peft/tuners/lora/config.py): {@code
 * r} 8, {@code lora_alpha} 8, {@code lora_dropout} 0, {@code init_lora_weights} true.
 *
 * @param targets the modules
 * @param scale ranks and factors
 * @param dropout PEFT's {@code lora_dropout}, on the input of A
 * @param init initial values of A and B
 * @param decomposed PEFT's {@code use_dora}: whether a trained vector sets the length of each row
 *     of the adapted weight (Liu et al. 2024, arXiv:2402.09353)
 * @param bias which biases are trained too
 */
public record LoraConfig(
    Targets targets,
    LoraScale scale,
    double dropout,
    Init init,
    boolean decomposed,
    TrainedBias bias)
    implements HookedConfig {
  private static final String KIND = "a linear module or the token embedding";
  private static final String ONLY = "lora_only";

  /** PEFT's {@code init_lora_weights}. */
  public enum Init {
    /** {@code true}: A uniform within 1 / sqrt(in), B zero. */
    KAIMING,
    /** {@code "gaussian"}: A normal with standard deviation 1 / rank, B zero. */
    GAUSSIAN,
    /** {@code false}: A and B uniform as in {@code nn.Linear}, which changes the logits at once. */
    LINEAR
  }

  /** Checks that the dropout is a probability. */
  public LoraConfig {
    Problems problems = new Problems();
    if (!(dropout >= 0 && dropout < 1)) {
      problems.add(
          "lora_dropout", Double.toString(dropout), "at least 0 and below 1", "0.05 is common");
    }
    problems.throwIfAny();
  }

  /** PEFT's defaults. */
  public static LoraConfig defaults() {
    return of(8, 8, 0, Optional.empty());
  }

  /** LoRA as in its paper: one rank, one alpha, and dropout. */
  public static LoraConfig of(
      int rank, double alpha, double dropout, Optional<TargetModules> modules) {
    return new LoraConfig(
        Targets.of(modules),
        LoraScale.of(rank, alpha),
        dropout,
        Init.KAIMING,
        false,
        TrainedBias.NONE);
  }

  /** Reads PEFT's keys. */
  public static LoraConfig from(ConfigJson json) {
    LoraScale scale = LoraScale.read(json);
    double dropout = json.number("lora_dropout", 0);
    Targets targets = Targets.read(json, true, true);
    Init init = json.value("init_lora_weights").map(n -> init(json, n)).orElse(Init.KAIMING);
    boolean decomposed = json.flag("use_dora", false);
    TrainedBias bias = TrainedBias.read(json, ONLY);
    // PEFT corrects this key for each module, and ignores the second one in files.
    json.note("fan_in_fan_out", "runtime_config");
    json.mustBeDefault("megatron_core", "megatron.core");
    json.mustBeDefault("qalora_group_size", "16");
    json.off("megatron_config", "loftq_config", "lora_bias", "layer_replication");
    json.off("target_parameters", "use_qalora", "ensure_weight_tying", "alora_invocation_tokens");
    json.mustBeNull("trainable_token_indices", "eva_config", "corda_config", "lora_ga_config");
    json.mustBeNull("velora_config", "kasa_config", "arrow_config", "use_bdlora");
    json.mustBeNull("monteclora_config");
    json.off("enable_lora", "merge_weights"); // of PEFT before 0.3
    return json.build(() -> new LoraConfig(targets, scale, dropout, init, decomposed, bias));
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

  /** The adapted modules of a model, in PEFT's order. */
  List<ModelModule> targets(Architecture model) {
    return targets.in(
        model,
        model.targetDefaults().lora(),
        m -> m.linear().isPresent() || m.kind() == ModelModule.Kind.EMBEDDING,
        KIND);
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.LORA;
  }

  @Override
  public List<AdapterTensor> tensors(Architecture model) {
    return tensors(model, targets(model), bias, this::tensors);
  }

  /** DoRA also keeps the module's product and that of A and B, whose factors are trained. */
  @Override
  public List<KeptActivations.OfModule> keptByHooks(Architecture model) {
    return targets(model).stream()
        .flatMap(target -> target.linear().stream())
        .map(m -> KeptActivations.OfModule.read(m, dropout, decomposed ? 2L * m.out() : 0))
        .toList();
  }

  private List<AdapterTensor> tensors(ModelModule module) {
    int rank = scale.rank(module);
    String name = module.wrapped();
    List<AdapterTensor> own = new ArrayList<>();
    long out;
    if (module.linear().isPresent()) {
      out = module.linear().get().out();
      own.add(AdapterTensor.trained(name + ".lora_A.weight", rank, module.linear().get().in()));
      own.add(AdapterTensor.trained(name + ".lora_B.weight", out, rank));
    } else {
      long[] table = module.weights().get(module.path() + ".weight");
      out = table[1];
      own.add(AdapterTensor.trained(name + ".lora_embedding_A", rank, table[0]));
      own.add(AdapterTensor.trained(name + ".lora_embedding_B", out, rank));
    }
    if (decomposed) {
      String saved = name + ".lora_magnitude_vector";
      own.add(
          new AdapterTensor(saved + ".weight", saved, new long[] {out}, true, Optional.empty()));
    }
    return own;
  }

  @Override
  public Adapter attach(CausalLM base, long seed, TextTokens tokenizer) {
    check(base.architecture());
    return LoraAdapter.attached(this, base, seed);
  }

  @Override
  public Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder) {
    return new LoraAdapter(this, base, HookedAdapter.Values.of(saved));
  }

  @Override
  public ObjectNode toJson(Architecture model) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("bias", bias.toJson(ONLY));
    json.put("fan_in_fan_out", HookedConfig.transposed(targets(model)));
    switch (init) {
      case KAIMING -> json.put("init_lora_weights", true);
      case GAUSSIAN -> json.put("init_lora_weights", "gaussian");
      case LINEAR -> json.put("init_lora_weights", false);
    }
    json.put("lora_dropout", dropout);
    json.put("use_dora", decomposed);
    scale.write(json);
    targets.write(json, model.targetDefaults().lora(), true, true);
    return json;
  }
}
