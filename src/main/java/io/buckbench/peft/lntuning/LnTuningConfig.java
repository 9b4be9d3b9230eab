package io.buckbench.peft.lntuning;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterTensor;
import io.buckbench.peft.ConfigJson;
import io.buckbench.peft.HookedAdapter;
import io.buckbench.peft.HookedConfig;
import io.buckbench.peft.ModelModule;
import io.buckbench.peft.PeftMethod;
import io.buckbench.peft.Targets;
import io.buckbench.peft.TextTokens;
import io.buckbench.peft.TrainedBias;
import java.util.List;
import java.util.Optional;

/**
 * The settings of layer-norm tuning (peft/tuners/ln_tuning/config.py).
 *
 * @param targets the modules, usually norms; PEFT has no default for OPT and GPT-NeoX
 */
public record LnTuningConfig(Targets targets) implements HookedConfig {
  /** Reads PEFT's keys. */
  public static LnTuningConfig from(ConfigJson json) {
    Targets targets = Targets.read(json, true, false);
    return json.build(() -> new LnTuningConfig(targets));
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.LN_TUNING;
  }

  @Override
  public List<AdapterTensor> tensors(Architecture model) {
    List<String> defaults = model.targetDefaults().norms();
    if (targets.modules().isEmpty() && defaults.isEmpty()) {
      throw new InvalidInputException(
          "target_modules",
          "nothing",
          "module names, since PEFT has no default for this model's family",
          "name the norms to train");
    }
    List<ModelModule> modules =
        targets.in(model, defaults, module -> true, "a module with weights of its own");
    return tensors(model, modules, TrainedBias.NONE, LnTuningConfig::copies);
  }

  private static List<AdapterTensor> copies(ModelModule module) {
    return module.weights().entrySet().stream()
        .map(
            weight -> {
              String last = weight.getKey().substring(module.path().length());
              String name = module.wrapped() + ".ln_tuning_layers" + last;
              return AdapterTensor.copy(name, name, weight.getKey(), weight.getValue());
            })
        .toList();
  }

  @Override
  public Adapter attach(CausalLM base, long seed, TextTokens tokenizer) {
    check(base.architecture());
    HookedAdapter.Values none =
        (manager, tensor) -> {
          throw new IllegalStateException(tensor.name() + " is no copy of a weight");
        };
    return new LnTuningAdapter(this, base, HookedAdapter.Values.initial(base, none));
  }

  @Override
  public Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder) {
    return new LnTuningAdapter(this, base, HookedAdapter.Values.of(saved));
  }

  @Override
  public ObjectNode toJson(Architecture model) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    targets.write(json, model.targetDefaults().norms(), true, false);
    return json;
  }
}
