package io.buckbench.peft.prefix;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.KeyValuePrefix;
import io.buckbench.model.Seams;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.ConfigJson;
import io.buckbench.peft.EncodedAdapter;
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
  int width(Architecture model) {
    return prompt.width(model.shape().keyValueWidth());
  }

  /** Width inside the projection. */
  int hidden(Architecture model) {
    return encoderHiddenSize.orElse(width(model));
  }

  /** Numbers that one virtual token stands for: a key and a value in each layer. */
  long keysAndValues(Architecture model) {
    return 2L * model.shape().layers() * width(model);
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.PREFIX_TUNING;
  }

  @Override
  public int virtualTokens() {
    return prompt.numVirtualTokens();
  }

  @Override
  public void check(Architecture model) {
    prompt.check(model, model.shape().keyValueWidth(), model.shape().keyValueHeads());
  }

  @Override
  public Map<String, long[]> savedShapes(Architecture model) {
    return plan(model).resultShape();
  }

  @Override
  public Map<String, long[]> encoderShapes(Architecture model) {
    return projection ? plan(model).shapes() : Map.of();
  }

  private PromptEncoder.Plan plan(Architecture model) {
    long kv = keysAndValues(model);
    return new PromptEncoder.Plan(
        new long[] {prompt.numVirtualTokens(), projection ? width(model) : kv},
        projection ? new long[] {hidden(model), kv} : new long[] {},
        "transform",
        Ops::tanh);
  }

  @Override
  public Adapter attach(CausalLM base, long seed, TextTokens tokenizer) {
    check(base.architecture());
    PromptEncoder encoder = PromptEncoder.initialised(plan(base.architecture()), seed);
    if (zero) {
      encoder.zeroLast();
    }
    return adapter(base, encoder);
  }

  @Override
  public Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder) {
    check(base.architecture());
    return adapter(base, PromptEncoder.restored(plan(base.architecture()), saved, encoder));
  }

  private Adapter adapter(CausalLM base, PromptEncoder encoder) {
    KeyValuePrefix prefix =
        new EncodedPrefix(prompt.numVirtualTokens(), encoder, base.architecture().shape());
    return new EncodedAdapter(
        this,
        encoder,
        new Seams() {
          @Override
          public Optional<KeyValuePrefix> prefix() {
            return Optional.of(prefix);
          }
        });
  }

  @Override
  public ObjectNode toJson(Architecture model) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("encoder_hidden_size", hidden(model));
    json.put("init_weights", zero ? "zero" : null);
    prompt.write(json, model, model.shape().keyValueWidth(), model.shape().keyValueHeads());
    json.put("prefix_projection", projection);
    return json;
  }
}
