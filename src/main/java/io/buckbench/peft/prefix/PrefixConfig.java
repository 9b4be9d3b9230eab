package io.buckbench.peft.prefix;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.input.Problems;
import io.buckbench.model.CausalLM;
import io.buckbench.model.OptConfig;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.ConfigJson;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
import io.buckbench.peft.PromptEncoder;
import io.buckbench.peft.PromptLearning;
import io.buckbench.peft.TextTokens;
import io.buckbench.tensor.Ops;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Prefix tuning's settings. Defaults are PEFT's (peft/tuners/prefix_tuning/config.py): no
 * projection, {@code encoder_hidden_size} as {@code token_dim}; {@code num_virtual_tokens} has
 * none.
 *
 * @param prompt count and widths
 * @param projection PEFT's {@code prefix_projection}: the prefix comes out of a small network
 * @param encoderHiddenSize width inside that network
 * @param zero PEFT's {@code init_weights} "zero": keys and values start at zero
 */
public record PrefixConfig(
    PromptLearning prompt, boolean projection, OptionalInt encoderHiddenSize, boolean zero)
    implements MethodConfig {

  /** Refuses a width below 1. */
  public PrefixConfig {
    Problems problems = new Problems();
    encoderHiddenSize.ifPresent(n -> PromptLearning.positive(problems, "encoder_hidden_size", n));
    problems.throwIfAny();
  }

  /** Reads PEFT's keys. */
  public static PrefixConfig from(ConfigJson json) {
    PromptLearning.Read prompt = PromptLearning.read(json);
    boolean projection = json.flag("prefix_projection", false);
    OptionalInt hidden = json.integer("encoder_hidden_size");
    boolean zero =
        json.text("init_weights")
            .map(
                t -> {
                  if (!t.equals("zero")) {
                    json.problem("init_weights", t, "null or \"zero\"", "choose one of these");
                  }
                  return true;
                })
            .orElse(false);
    return json.build(() -> new PrefixConfig(prompt.judged(), projection, hidden, zero));
  }

  /** Width of a token's row before the projection. */
  int width(OptConfig shape) {
    return prompt.width(shape.hiddenSize());
  }

  /** Width inside the projection. */
  int hidden(OptConfig shape) {
    return encoderHiddenSize.orElse(width(shape));
  }

  /** Numbers that one virtual token stands for: a key and a value in each layer. */
  long keysAndValues(OptConfig shape) {
    return 2L * shape.layers() * width(shape);
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.PREFIX_TUNING;
  }

  @Override
  public long trainableParameters(OptConfig shape) {
    long p = prompt.numVirtualTokens();
    long d = width(shape);
    long h = hidden(shape);
    long kv = keysAndValues(shape);
    return projection ? p * d + (d * h + h) + (h * kv + kv) : p * kv;
  }

  @Override
  public int virtualTokens() {
    return prompt.numVirtualTokens();
  }

  @Override
  public void check(OptConfig shape) {
    prompt.check(shape, shape.hiddenSize());
  }

  @Override
  public Map<String, long[]> savedShapes(OptConfig shape) {
    return plan(shape).resultShape();
  }

  @Override
  public Map<String, long[]> encoderShapes(OptConfig shape) {
    return projection ? plan(shape).shapes() : Map.of();
  }

  private PromptEncoder.Plan plan(OptConfig shape) {
    long kv = keysAndValues(shape);
    return new PromptEncoder.Plan(
        new long[] {prompt.numVirtualTokens(), projection ? width(shape) : kv},
        projection ? new long[] {hidden(shape), kv} : new long[] {},
        "transform",
        Ops::tanh);
  }

  @Override
  public Adapter attach(CausalLM base, long seed, TextTokens tokenizer) {
    check(base.config());
    PromptEncoder encoder = PromptEncoder.initialised(plan(base.config()), seed);
    if (zero) {
      encoder.zeroLast();
    }
    return new PrefixAdapter(this, encoder, base.config());
  }

  @Override
  public Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder) {
    check(base.config());
    return new PrefixAdapter(
        this, PromptEncoder.restored(plan(base.config()), saved, encoder), base.config());
  }

  @Override
  public ObjectNode toJson(OptConfig shape) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("encoder_hidden_size", hidden(shape));
    json.put("init_weights", zero ? "zero" : null);
    prompt.write(json, shape, shape.hiddenSize());
    json.put("prefix_projection", projection);
    return json;
  }
}
