package io.buckbench.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small models for tests, created from the keys of a {@code config.json}. */
public final class TestModels {
  private TestModels() {}

  /**
   * A small OPT like opt-125m, with layer norms before each block.
   *
   * @param changes alternating keys and values of {@code config.json}
   */
  public static Architecture opt(Object... changes) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("model_type", "opt");
    keys.put("vocab_size", 50);
    keys.put("hidden_size", 16);
    keys.put("num_hidden_layers", 2);
    keys.put("num_attention_heads", 4);
    keys.put("ffn_dim", 24);
    keys.put("max_position_embeddings", 32);
    keys.put("dropout", 0);
    keys.put("init_std", 0.3);
    return of(keys, changes);
  }

  /** A small OPT like opt-350m, with layer norms after each block and narrow embeddings. */
  public static Architecture optAfter(Object... changes) {
    Object[] all = new Object[changes.length + 4];
    System.arraycopy(
        new Object[] {"do_layer_norm_before", false, "word_embed_proj_dim", 8}, 0, all, 0, 4);
    System.arraycopy(changes, 0, all, 4, changes.length);
    return opt(all);
  }

  /** A model of the family {@code io.buckbench.toy}, with two layers. */
  public static Architecture toy(int vocabulary) {
    Map<String, Object> keys = new LinkedHashMap<>();
    return of(keys, "model_type", "toy", "vocab_size", vocabulary, "layers", 2);
  }

  /** A model of any family, from alternating keys and values. */
  static Architecture of(Object... keys) {
    return of(new LinkedHashMap<>(), keys);
  }

  private static Architecture of(Map<String, Object> keys, Object... changes) {
    for (int i = 0; i < changes.length; i += 2) {
      keys.put((String) changes[i], changes[i + 1]);
    }
    try {
      return Families.read("test", new ObjectMapper().writeValueAsBytes(keys));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The first linear module whose path has a given ending. */
  public static LinearModule module(Architecture model, String ending) {
    return model.linearModules().stream()
        .filter(module -> module.path().endsWith(ending))
        .findFirst()
        .orElseThrow();
  }
}
