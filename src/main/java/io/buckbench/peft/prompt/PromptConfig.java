package io.buckbench.peft.prompt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.ConfigJson;
import io.buckbench.peft.EncodedAdapter;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
import io.buckbench.peft.PromptEncoder;
import io.buckbench.peft.PromptLearning;
import io.buckbench.peft.TextTokens;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Prompt tuning's settings. Default of {@code prompt_tuning_init} is PEFT's RANDOM
 * (peft/tuners/prompt_tuning/config.py); {@code num_virtual_tokens} has none.
 *
 * @param prompt count and widths
 * @param init how the rows start
 * @param text PEFT's {@code prompt_tuning_init_text}, for {@link Init#TEXT}
 * @param tokenizer PEFT's {@code tokenizer_name_or_path}, kept so that PEFT can read the file; here
 *     the base model's own tokenizer is taken
 */
public record PromptConfig(
    PromptLearning prompt, Init init, Optional<String> text, Optional<String> tokenizer)
    implements MethodConfig {

  /** PEFT's {@code prompt_tuning_init}. */
  public enum Init {
    /** Normal with deviation 1, as {@code nn.Embedding}. */
    RANDOM,
    /** Rows of the word embeddings, drawn at random. */
    SAMPLE_VOCAB,
    /** The word embeddings of a text, cut or repeated to length. */
    TEXT
  }

  /** Refuses a text initialisation without its text, as PEFT does. */
  public PromptConfig {
    Problems problems = new Problems();
    if (init == Init.TEXT && text.filter(t -> !t.isEmpty()).isEmpty()) {
      problems.add("prompt_tuning_init_text", "nothing", "a text", "write it, or choose RANDOM");
    }
    if (init == Init.TEXT && tokenizer.isEmpty()) {
      problems.add(
          "tokenizer_name_or_path",
          "nothing",
          "the base model's name, which PEFT demands with TEXT",
          "name the base model");
    }
    problems.throwIfAny();
  }

  /** Random rows. */
  public static PromptConfig random(int numVirtualTokens) {
    return new PromptConfig(
        PromptLearning.of(numVirtualTokens), Init.RANDOM, Optional.empty(), Optional.empty());
  }

  /** Reads PEFT's keys. */
  public static PromptConfig from(ConfigJson json) {
    PromptLearning.Read prompt = PromptLearning.read(json);
    Init init = json.choice("prompt_tuning_init", Init.class, Init.RANDOM);
    Optional<String> text = json.text("prompt_tuning_init_text");
    Optional<String> tokenizer = json.text("tokenizer_name_or_path");
    json.off("tokenizer_kwargs");
    return json.build(() -> new PromptConfig(prompt.judged(), init, text, tokenizer));
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.PROMPT_TUNING;
  }

  @Override
  public int virtualTokens() {
    return prompt.numVirtualTokens();
  }

  @Override
  public void check(Architecture model) {
    prompt.check(model, model.shape().embedding(), model.shape().heads());
  }

  @Override
  public Map<String, long[]> savedShapes(Architecture model) {
    return plan(model).resultShape();
  }

  private PromptEncoder.Plan plan(Architecture model) {
    long[] table = {prompt.numVirtualTokens(), prompt.width(model.shape().embedding())};
    return new PromptEncoder.Plan(table, new long[] {}, "", UnaryOperator.identity());
  }

  @Override
  public Adapter attach(CausalLM base, long seed, TextTokens tokens) {
    check(base.architecture());
    PromptEncoder.Plan plan = plan(base.architecture());
    return EncodedAdapter.ofVirtualTokens(
        this,
        init == Init.RANDOM
            ? PromptEncoder.initialised(plan, seed)
            : ofWords(plan, base, words(base, seed, tokens)));
  }

  private long[] words(CausalLM base, long seed, TextTokens tokens) {
    int count = prompt.numVirtualTokens();
    if (init == Init.SAMPLE_VOCAB) {
      int vocabulary = base.architecture().shape().vocabulary();
      return new SplittableRandom(seed).longs(count, 0, vocabulary).toArray();
    }
    long[] ids = tokens.ids(text.orElseThrow());
    if (ids.length == 0) {
      throw new InvalidInputException(
          "prompt_tuning_init_text", "no token at all", "a text", "write a longer one");
    }
    // Cut to the front, or repeated from the front, until there are enough.
    return IntStream.range(0, count).mapToLong(i -> ids[i % ids.length]).toArray();
  }

  private static PromptEncoder ofWords(PromptEncoder.Plan plan, CausalLM base, long[] ids) {
    NDManager manager = Torch.newManager();
    try (NDArray index = Tensors.of(manager, ids, ids.length);
        NDArray picked = Ops.rows(index, base.tokenEmbedding())) {
      return PromptEncoder.ofTable(plan, manager, Tensors.widened(picked));
    }
  }

  @Override
  public Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder) {
    check(base.architecture());
    return EncodedAdapter.ofVirtualTokens(
        this, PromptEncoder.restored(plan(base.architecture()), saved, Optional.empty()));
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
