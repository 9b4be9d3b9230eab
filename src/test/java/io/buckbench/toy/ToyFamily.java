package io.buckbench.toy;

import io.buckbench.input.JsonObject;
import io.buckbench.model.Architecture;
import io.buckbench.model.Family;
import java.util.List;

/**
 * A family for tests that is very different from OPT: rotary positions, grouped queries, one
 * transposed matrix for queries, keys and values, a gated feed-forward block parallel to attention,
 * root-mean-square norms, no biases and an untied head. It proves that a family needs only a
 * package and a line in the service file, and no change of main.
 */
public final class ToyFamily implements Family {
  @Override
  public String modelType() {
    return "toy";
  }

  @Override
  public Architecture read(JsonObject config) {
    int vocabulary = config.requiredInteger("vocab_size");
    int layers = config.requiredInteger("layers");
    config.throwIfAny();
    return new ToyArchitecture(vocabulary, layers);
  }

  @Override
  public List<String> ia3FeedForward() {
    return List.of("down");
  }

  @Override
  public List<String> publishedFiles() {
    return List.of("config.json", "model.safetensors", "tokenizer.json");
  }
}
