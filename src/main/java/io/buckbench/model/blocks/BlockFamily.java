package io.buckbench.model.blocks;

import io.buckbench.data.TokenizerClass;
import io.buckbench.input.JsonObject;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.Architecture.TargetDefaults;
import io.buckbench.model.ConfigChecks;
import io.buckbench.model.Family;
import io.buckbench.model.Shape;
import java.util.List;

/** A family whose models are {@link Blueprint}s. */
public abstract class BlockFamily implements Family {
  private final String modelType;
  private final List<Part> parts;
  private final TargetDefaults targets;

  /**
   * @param modelType the {@code model_type}
   * @param parts the parts of a layer
   * @param targets PEFT's default targets
   */
  protected BlockFamily(String modelType, List<Part> parts, TargetDefaults targets) {
    this.modelType = modelType;
    this.parts = List.copyOf(parts);
    this.targets = targets;
  }

  /**
   * Describes a model. It notes problems in the file; the caller reports them.
   *
   * @param keys its {@code config.json}
   */
  protected abstract Blueprint describe(ConfigKeys keys);

  /** The class of tokenizers that Transformers registers for the family. */
  protected TokenizerClass.OfFamily tokenizerClass() {
    return TokenizerClass.BY_FILES;
  }

  /** PEFT's default targets. */
  protected final TargetDefaults targets() {
    return targets;
  }

  @Override
  public final String modelType() {
    return modelType;
  }

  @Override
  public final Architecture read(JsonObject config) {
    ConfigKeys keys = new ConfigKeys(config);
    keys.refuseVariants();
    Blueprint blueprint = config.build(() -> describe(keys));
    return config.build(
        () -> {
          check(blueprint);
          return new BlockArchitecture(blueprint, keys.content(), tokenizerClass());
        });
  }

  private static void check(Blueprint model) {
    Shape shape = model.shape();
    Problems problems = new Problems();
    ConfigChecks.atLeastOne(problems, "vocab_size", shape.vocabulary());
    ConfigChecks.atLeastOne(problems, "hidden_size", shape.hidden());
    ConfigChecks.atLeastOne(problems, "num_hidden_layers", shape.layers());
    ConfigChecks.atLeastOne(problems, "num_attention_heads", shape.heads());
    ConfigChecks.atLeastOne(problems, "num_key_value_heads", shape.keyValueHeads());
    ConfigChecks.atLeastOne(problems, "head_dim", shape.headSize());
    ConfigChecks.atLeastOne(problems, "intermediate_size", shape.feedForward());
    ConfigChecks.atLeastOne(problems, "max_position_embeddings", shape.positions());
    ConfigChecks.divides(problems, "num_attention_heads", shape.heads(), shape.hidden());
    ConfigChecks.divides(problems, "num_key_value_heads", shape.keyValueHeads(), shape.heads());
    for (double dropout :
        List.of(
            model.dropout().embedding(), model.dropout().residual(), model.dropout().attention())) {
      ConfigChecks.probability(problems, String.join(", ", model.dropout().keys()), dropout);
    }
    ConfigChecks.token(problems, "pad_token_id", shape.padId(), shape.vocabulary());
    for (long end : model.tokens().ends()) {
      ConfigChecks.token(problems, "eos_token_id", (int) end, shape.vocabulary());
    }
    problems.throwIfAny();
  }

  @Override
  public final List<String> ia3FeedForward() {
    return targets.ia3FeedForward();
  }

  @Override
  public List<String> optionalFiles() {
    return List.of("special_tokens_map.json", "chat_template.jinja");
  }

  @Override
  public List<String> publishedFiles() {
    return List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");
  }
}
