package io.buckbench.model.qwen2;

import io.buckbench.data.TokenizerClass;
import io.buckbench.model.blocks.ConfigKeys;
import io.buckbench.model.blocks.GatedFamily;
import io.buckbench.model.blocks.QwenWindows;
import java.util.List;

/** Qwen2 and Qwen2.5, as Hugging Face's {@code Qwen2Config} declares them. */
public final class Qwen2Family extends GatedFamily {
  /** Called by the service loader. */
  public Qwen2Family() {
    super("qwen2", List.of("q_proj", "v_proj"), List.of("post_attention_layernorm"));
  }

  /** Biases on queries, keys and values. */
  @Override
  protected Variant variant(ConfigKeys keys) {
    return new Variant(true, false, false, false);
  }

  @Override
  protected int keyValueHeads(int heads) {
    return 32;
  }

  @Override
  protected List<Integer> windows(ConfigKeys keys, int layers) {
    return QwenWindows.read(keys, layers);
  }

  @Override
  protected TokenizerClass.OfFamily tokenizerClass() {
    return new TokenizerClass.OfFamily(TokenizerClass.QWEN2, true);
  }
}
