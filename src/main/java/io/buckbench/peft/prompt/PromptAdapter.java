package io.buckbench.peft.prompt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.model.VirtualTokens;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.TextTokens;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Prompt tuning's rows, trained as they are. */
public final class PromptAdapter implements Adapter {
  private final PromptConfig config;
  private final NDManager manager;
  private final Parameter rows;

  private PromptAdapter(PromptConfig config, NDManager manager, NDArray rows) {
    this.config = config;
    this.manager = manager;
    this.rows = new Parameter("prompt_encoder.embedding.weight", rows);
  }

  static PromptAdapter initialised(
      PromptConfig config, CausalLM base, long seed, TextTokens tokenizer) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = config.prompt().numVirtualTokens();
    NDManager manager = Torch.newManager();
    NDArray rows =
        switch (config.init()) {
          case RANDOM ->
              Init.normal(manager, random, 0, 1, count, base.config().wordEmbedProjDim());
          case SAMPLE_VOCAB ->
              words(manager, base, random.longs(count, 0, base.config().vocabSize()).toArray());
          case TEXT ->
              words(manager, base, repeated(tokenizer.ids(config.text().orElseThrow()), count));
        };
    return new PromptAdapter(config, manager, rows);
  }

  /** Cut to the front, or repeated from the front, until there are enough. */
  private static long[] repeated(long[] ids, int count) {
    if (ids.length == 0) {
      throw new InvalidInputException(
          "prompt_tuning_init_text", "no token at all", "a text", "write a longer one");
    }
    long[] enough = new long[count];
    for (int i = 0; i < count; i++) {
      enough[i] = ids[i % ids.length];
    }
    return enough;
  }

  private static NDArray words(NDManager manager, CausalLM base, long[] ids) {
    try (NDArray index = Tensors.of(manager, ids, ids.length);
        NDArray picked = Ops.rows(index, base.tokenEmbedding())) {
      return Tensors.widened(picked);
    }
  }

  static PromptAdapter restored(PromptConfig config, NamedTensors saved) {
    NDManager manager = Torch.newManager();
    String name = "prompt_embeddings";
    return new PromptAdapter(
        config, manager, Tensors.of(manager, saved.floats(name), saved.info(name).shape()));
  }

  @Override
  public PromptConfig config() {
    return config;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(rows);
  }

  @Override
  public Map<String, Safetensors.Tensor> saved() {
    return Map.of(
        "prompt_embeddings",
        Safetensors.Tensor.of(Tensors.shape(rows.array()), Tensors.floats(rows.array())));
  }

  @Override
  public Seams seams() {
    return new Seams() {
      @Override
      public Optional<VirtualTokens> virtualTokens() {
        return Optional.of(
            new VirtualTokens() {
              @Override
              public int count() {
                return config.prompt().numVirtualTokens();
              }

              @Override
              public NDArray embeddings(boolean training) {
                return rows.array();
              }
            });
      }
    };
  }

  @Override
  public void close() {
    manager.close();
  }
}
