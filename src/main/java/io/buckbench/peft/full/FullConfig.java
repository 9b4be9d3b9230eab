package io.buckbench.peft.full;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.model.CausalLM;
import io.buckbench.model.OptConfig;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.ConfigJson;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
import io.buckbench.peft.TextTokens;
import java.util.Map;
import java.util.Optional;

/** Full fine-tuning has no settings; its file is {@code {"peft_type": "FULL"}}. */
public record FullConfig() implements MethodConfig {
  /** Reads the file, which has no key of its own. */
  public static FullConfig from(ConfigJson json) {
    return json.build(FullConfig::new);
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.FULL;
  }

  @Override
  public long trainableParameters(OptConfig shape) {
    long w = shape.wordEmbedProjDim();
    long d = shape.hiddenSize();
    long f = shape.ffnDim();
    long perLayer = 4 * (d * d + d) + (2 * d * f + f + d) + 4 * d;
    return shape.vocabSize() * w
        + (shape.maxPositions() + 2) * d
        + shape.layers() * perLayer
        + (shape.finalLayerNorm() ? 2 * d : 0)
        + (shape.projects() ? 2 * w * d : 0);
  }

  @Override
  public void check(OptConfig shape) {
    // Every model can be trained whole.
  }

  @Override
  public Map<String, long[]> savedShapes(OptConfig shape) {
    return shape.weightShapes();
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
  public ObjectNode toJson(OptConfig shape) {
    return JsonNodeFactory.instance.objectNode();
  }
}
