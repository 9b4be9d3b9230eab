package io.buckbench.model.qwen3;

import io.buckbench.data.TokenizerClass;
import io.buckbench.model.blocks.ConfigKeys;
import io.buckbench.model.blocks.GatedFamily;
import io.buckbench.model.blocks.QwenWindows;
import java.util.List;

/** Qwen3 without experts, as Hugging Face's {@code Qwen3Config} declares it. */
public final class Qwen3Family extends GatedFamily {
  private static final int HEAD_SIZE = 128;
  private static final int KEY_VALUE_HEADS = 32;

  /** Called by the service loader. */
  public Qwen3Family() {
    super("qwen3", List.of("q_proj", "v_proj"), List.of("post_attention_layernorm"));
  }

  /** Norms on each head's queries and keys. */
  @Override
  protected Variant variant(ConfigKeys keys) {
    boolean bias = keys.json().flag("attention_bias", false);
    return new Variant(bias, bias, false, true);
  }

  /** The configuration's default, which does not depend on the width. */
  @Override
  protected int headSize(int hidden, int heads) {
    return HEAD_SIZE;
  }

  @Override
  protected int keyValueHeads(int heads) {
    return KEY_VALUE_HEADS;
  }

  @Override
  protected List<Integer> windows(ConfigKeys keys, int layers) {
    return QwenWindows.read(keys, layers);
  }

  @Override
  protected TokenizerClass.OfFamily tokenizerClass() {
    return new TokenizerClass.OfFamily(TokenizerClass.QWEN2, false);
  }
}
