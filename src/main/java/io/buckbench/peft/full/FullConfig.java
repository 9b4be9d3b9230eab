package io.buckbench.peft.full;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.ConfigJson;
import io.buckbench.peft.KeptActivations;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
import io.buckbench.peft.TextTokens;
import java.util.Map;
import java.util.Optional;

/** Full fine-tuning, which has no settings; its file is {@code {"peft_type": "FULL"}}. */
public record FullConfig() implements MethodConfig {
  /** Reads the file, which has no other keys. */
  public static FullConfig from(ConfigJson json) {
    return json.build(FullConfig::new);
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.FULL;
  }

  @Override
  public Map<String, long[]> savedShapes(Architecture model) {
    return model.weightShapes();
  }

  @Override
  public KeptActivations kept(Architecture model) {
    return new KeptActivations(
        0, model.linearModules().stream().map(KeptActivations.OfModule::trained).toList(), true);
  }

  @Override
  public Adapter attach(CausalLM base, long seed, TextTokens tokenizer) {
    return new FullAdapter(base);
  }

  @Override
  public Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder) {
    return FullAdapter.restored(base, saved);
  }

  @Override
  public ObjectNode toJson(Architecture model) {
    return JsonNodeFactory.instance.objectNode();
  }
}
