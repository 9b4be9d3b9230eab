package io.buckbench.model.mistral;

import io.buckbench.data.TokenizerClass;
import io.buckbench.model.blocks.ConfigKeys;
import io.buckbench.model.blocks.GatedFamily;
import java.util.List;

/** Mistral, as Hugging Face's {@code MistralConfig} declares it: LLaMA with a sliding window. */
public final class MistralFamily extends GatedFamily {
  private static final int WINDOW = 4096;
  private static final int KEY_VALUE_HEADS = 8;

  /** Called by the service loader. */
  public MistralFamily() {
    super("mistral", List.of("k_proj", "v_proj"), ALL_NORMS);
  }

  @Override
  protected Variant variant(ConfigKeys keys) {
    return Variant.PLAIN;
  }

  /** The configuration's default. */
  @Override
  protected int keyValueHeads(int heads) {
    return KEY_VALUE_HEADS;
  }

  /** All layers have the window; a null switches it off, and an absent key is the default. */
  @Override
  protected List<Integer> windows(ConfigKeys keys, int layers) {
    return keys.windows(layers, keys.window(WINDOW), 0);
  }

  @Override
  protected TokenizerClass.OfFamily tokenizerClass() {
    return new TokenizerClass.OfFamily(TokenizerClass.AS_WRITTEN, true);
  }
}
