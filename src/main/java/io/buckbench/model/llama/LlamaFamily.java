package io.buckbench.model.llama;

import io.buckbench.input.JsonObject;
import io.buckbench.model.blocks.ConfigKeys;
import io.buckbench.model.blocks.GatedFamily;
import java.util.List;

/** LLaMA 1, 2 and 3, as Hugging Face's {@code LlamaConfig} declares them. */
public final class LlamaFamily extends GatedFamily {
  /** Called by the service loader. */
  public LlamaFamily() {
    super("llama", List.of("k_proj", "v_proj"), ALL_NORMS);
  }

  @Override
  protected Variant variant(ConfigKeys keys) {
    JsonObject json = keys.json();
    boolean attention = json.flag("attention_bias", false);
    return new Variant(attention, attention, json.flag("mlp_bias", false), false);
  }

  @Override
  protected int keyValueHeads(int heads) {
    return heads;
  }
}
