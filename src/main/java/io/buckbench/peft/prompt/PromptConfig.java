package io.buckbench.peft.prompt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.ConfigJson;
import io.buckbench.peft.PeftMethod;
import io.buckbench.peft.PromptEncoder;
import io.buckbench.peft.PromptLearning;
import io.buckbench.peft.PromptLearningConfig;
import io.buckbench.peft.TextTokens;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Prompt tuning's settings. The default of {@code prompt_tuning_init} is PEFT's, RANDOM
 * (peft/tuners/prompt_tuning/config.py); {@code num_virtual_tokens} has no default.
 *
 * @param prompt number of tokens and widths
 * @param init initial values of the rows
 * @param text PEFT's {@code prompt_tuning_init_text}, for {@link Init#TEXT}
 * @param tokenizer PEFT's {@code tokenizer_name_or_path}, kept for PEFT; BuckBench uses the base
 *     model's tokenizer
 */
public record PromptConfig(
    PromptLearning prompt, Init init, Optional<String> text, Optional<String> tokenizer)
    implements PromptLearningConfig {

  /** PEFT's {@code prompt_tuning_init}. */
  public enum Init {
    /** Normal with standard deviation 1, as in {@code nn.Embedding}. */
    RANDOM,
    /** Random rows of the token embedding. */
    SAMPLE_VOCAB,
    /** The token embeddings of a text, truncated or repeated to length. */
    TEXT
  }

  /** Checks that an initialisation from text has its text and tokenizer, as PEFT does. */
  public PromptConfig {
    Problems problems = new Problems();
    if (init == Init.TEXT && text.filter(t -> !t.isEmpty()).isEmpty()) {
      problems.add("prompt_tuning_init_text", "nothing", "a text", "add it, or choose RANDOM");
    }
    if (init == Init.TEXT && tokenizer.isEmpty()) {
      problems.add(
          "tokenizer_name_or_path",
          "nothing",
          "the base model's name, which PEFT requires with TEXT",
          "add the name");
    }
    problems.throwIfAny();
  }

  /** Random rows, and defaults for the rest. */
  public static PromptConfig random(int numVirtualTokens) {
    return new PromptConfig(
        PromptLearning.of(numVirtualTokens), Init.RANDOM, Optional.empty(), Optional.empty());
  }

  /** Reads PEFT's keys. */
  public static PromptConfig from(ConfigJson json) {
    Supplier<PromptLearning> prompt = PromptLearning.read(json);
    Init init = json.choice("prompt_tuning_init", Init.class, Init.RANDOM);
    Optional<String> text = json.text("prompt_tuning_init_text");
    Optional<String> tokenizer = json.text("tokenizer_name_or_path");
    json.off("tokenizer_kwargs");
    return json.build(() -> new PromptConfig(prompt.get(), init, text, tokenizer));
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.PROMPT_TUNING;
  }

  @Override
  public PromptEncoder.Plan plan(Architecture model) {
    int width = prompt.tokenDim().orElse(model.shape().embedding());
    long[] table = {prompt.numVirtualTokens(), width};
    return new PromptEncoder.Plan(table, new long[] {}, "", UnaryOperator.identity());
  }

  @Override
  public PromptEncoder encoder(CausalLM base, long seed, TextTokens tokens) {
    return init == Init.RANDOM
        ? PromptLearningConfig.super.encoder(base, seed, tokens)
        : encoder(base, tokens(base, seed, tokens));
  }

  private long[] tokens(CausalLM base, long seed, TextTokens tokens) {
    int count = prompt.numVirtualTokens();
    if (init == Init.SAMPLE_VOCAB) {
      int vocabulary = base.architecture().shape().vocabulary();
      return new SplittableRandom(seed).longs(count, 0, vocabulary).toArray();
    }
    long[] ids = tokens.ids(text.orElseThrow());
    if (ids.length == 0) {
      throw new InvalidInputException(
          "prompt_tuning_init_text",
          "a text without tokens",
          "at least one token",
          "use a longer text");
    }
    // Truncated, or repeated from its start.
    return IntStream.range(0, count).mapToLong(i -> ids[i % ids.length]).toArray();
  }

  private PromptEncoder encoder(CausalLM base, long[] ids) {
    NDManager manager = Torch.newManager();
    try (NDArray index = Tensors.of(manager, ids, ids.length);
        NDArray picked = Ops.rows(index, base.tokenEmbedding())) {
      return PromptEncoder.ofTable(plan(base.architecture()), manager, Tensors.widened(picked));
    }
  }

  @Override
  public ObjectNode toJson(Architecture model) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    prompt.write(json, model, model.shape().embedding(), model.shape().heads());
    json.put("prompt_tuning_init", init.name());
    json.put("prompt_tuning_init_text", text.orElse(null));
    json.put("tokenizer_name_or_path", tokenizer.orElse(null));
    return json;
  }
}
