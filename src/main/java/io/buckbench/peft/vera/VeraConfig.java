package io.buckbench.peft.vera;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.LinearModule;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterTensor;
import io.buckbench.peft.ConfigJson;
import io.buckbench.peft.HookedAdapter;
import io.buckbench.peft.HookedConfig;
import io.buckbench.peft.KeptActivations;
import io.buckbench.peft.ModelModule;
import io.buckbench.peft.PeftMethod;
import io.buckbench.peft.Targets;
import io.buckbench.peft.TextTokens;
import io.buckbench.peft.TrainedBias;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * VeRA's settings. The defaults are PEFT's (peft/tuners/vera/config.py).
 *
 * @param targets the modules
 * @param rank PEFT's {@code r}
 * @param key PEFT's {@code projection_prng_key}, from which the frozen matrices are drawn
 * @param saveProjection PEFT's {@code save_projection}: whether the frozen matrices are saved
 * @param dropout PEFT's {@code vera_dropout}, on the input of A
 * @param start PEFT's {@code d_initial}, the initial value of d
 * @param initialised PEFT's {@code init_weights}: whether d starts at {@code d_initial} and b at
 *     zero; otherwise d is random and b one
 * @param bias which biases are trained too
 */
public record VeraConfig(
    Targets targets,
    int rank,
    long key,
    boolean saveProjection,
    double dropout,
    double start,
    boolean initialised,
    TrainedBias bias)
    implements HookedConfig {
  static final String A = "base_model.vera_A";
  static final String B = "base_model.vera_B";
  private static final String ONLY = "vera_only";

  /** Checks that all numbers are in their range. */
  public VeraConfig {
    Problems problems = new Problems();
    problems.requireAtLeast(1, "r", rank);
    if (!(dropout >= 0 && dropout < 1)) {
      problems.add(
          "vera_dropout",
          Double.toString(dropout),
          "at least 0 and below 1",
          "0 is PEFT's default");
    }
    if (!Double.isFinite(start)) {
      problems.add("d_initial", Double.toString(start), "a finite number", "0.1 is PEFT's default");
    }
    problems.throwIfAny();
  }

  /** PEFT's defaults with another rank. */
  public static VeraConfig of(int rank) {
    return new VeraConfig(Targets.defaults(), rank, 0, true, 0, 0.1, true, TrainedBias.NONE);
  }

  /** Reads PEFT's keys. */
  public static VeraConfig from(ConfigJson json) {
    Targets targets = Targets.read(json, false, true);
    int rank = json.integer("r").orElse(256);
    int key = json.integer("projection_prng_key").orElse(0);
    boolean saved = json.flag("save_projection", true);
    double dropout = json.number("vera_dropout", 0);
    double start = json.number("d_initial", 0.1);
    boolean initialised = json.flag("init_weights", true);
    TrainedBias bias = TrainedBias.read(json, ONLY);
    json.note("fan_in_fan_out"); // PEFT corrects it for each module
    return json.build(
        () -> new VeraConfig(targets, rank, key, saved, dropout, start, initialised, bias));
  }

  /** The hooked modules of a model, in PEFT's order. */
  List<ModelModule> targets(Architecture model) {
    return targets.in(
        model, model.targetDefaults().lora(), m -> m.linear().isPresent(), "a linear module");
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.VERA;
  }

  @Override
  public List<AdapterTensor> tensors(Architecture model) {
    List<ModelModule> modules = targets(model);
    List<AdapterTensor> all = new ArrayList<>();
    if (saveProjection) {
      all.add(frozen(A, rank, largest(modules, LinearModule::in)));
      all.add(frozen(B, largest(modules, LinearModule::out), rank));
    }
    all.addAll(tensors(model, modules, bias, this::vectors));
    return List.copyOf(all);
  }

  /** The product with B is kept too, since a trained vector scales it. */
  @Override
  public List<KeptActivations.OfModule> keptByHooks(Architecture model) {
    return targets(model).stream()
        .map(target -> target.linear().orElseThrow())
        .map(module -> KeptActivations.OfModule.read(module, dropout, module.out()))
        .toList();
  }

  @Override
  public long frozenParameters(Architecture model) {
    List<ModelModule> modules = targets(model);
    return (long) rank * (largest(modules, LinearModule::in) + largest(modules, LinearModule::out));
  }

  private static AdapterTensor frozen(String name, long... shape) {
    return new AdapterTensor(name, name, shape, false, Optional.empty());
  }

  private List<AdapterTensor> vectors(ModelModule module) {
    return List.of(
        AdapterTensor.trained(b(module), module.linear().orElseThrow().out()),
        AdapterTensor.trained(d(module), rank));
  }

  /** The name of a module's vector b, (out). */
  static String b(ModelModule module) {
    return module.wrapped() + ".vera_lambda_b";
  }

  /** The name of a module's vector d, (r). */
  static String d(ModelModule module) {
    return module.wrapped() + ".vera_lambda_d";
  }

  /** The largest width of the modules. */
  static int largest(List<ModelModule> modules, ToIntFunction<LinearModule> width) {
    return modules.stream()
        .mapToInt(m -> width.applyAsInt(m.linear().orElseThrow()))
        .max()
        .orElse(0);
  }

  @Override
  public Adapter attach(CausalLM base, long seed, TextTokens tokenizer) {
    check(base.architecture());
    return new VeraAdapter(
        this, base, HookedAdapter.Values.initial(base, VeraAdapter.drawn(this, base, seed)));
  }

  @Override
  public Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder) {
    return new VeraAdapter(this, base, HookedAdapter.Values.of(saved));
  }

  @Override
  public ObjectNode toJson(Architecture model) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("bias", bias.toJson(ONLY));
    json.put("d_initial", start);
    json.put("fan_in_fan_out", HookedConfig.transposed(targets(model)));
    json.put("init_weights", initialised);
    json.put("projection_prng_key", key);
    json.put("r", rank);
    json.put("save_projection", saveProjection);
    json.put("vera_dropout", dropout);
    targets.write(json, model.targetDefaults().lora(), false, true);
    return json;
  }
}
