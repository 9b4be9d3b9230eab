package io.buckbench.peft.prefix;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.KeyValuePrefix;
import io.buckbench.model.Seams;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.ConfigJson;
import io.buckbench.peft.EncodedAdapter;
import io.buckbench.peft.PeftMethod;
import io.buckbench.peft.PromptEncoder;
import io.buckbench.peft.PromptLearning;
import io.buckbench.peft.PromptLearningConfig;
import io.buckbench.peft.TextTokens;
import io.buckbench.tensor.Ops;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Prefix tuning's settings. The defaults are PEFT's (peft/tuners/prefix_tuning/config.py): no
 * projection, {@code encoder_hidden_size} equal to {@code token_dim}; {@code num_virtual_tokens}
 * has no default.
 *
 * @param prompt number of tokens and widths
 * @param projection PEFT's {@code prefix_projection}: whether a small network computes the prefix
 * @param encoderHiddenSize hidden width of that network
 * @param zero PEFT's {@code init_weights} "zero": whether keys and values start at zero
 */
public record PrefixConfig(
    PromptLearning prompt, boolean projection, OptionalInt encoderHiddenSize, boolean zero)
    implements PromptLearningConfig {

  /** Checks that the width is at least 1. */
  public PrefixConfig {
    Problems problems = new Problems();
    encoderHiddenSize.ifPresent(n -> PromptLearning.positive(problems, "encoder_hidden_size", n));
    problems.throwIfAny();
  }

  /** Reads PEFT's keys. */
  public static PrefixConfig from(ConfigJson json) {
    Supplier<PromptLearning> prompt = PromptLearning.read(json);
    boolean projection = json.flag("prefix_projection", false);
    OptionalInt hidden = json.integer("encoder_hidden_size");
    boolean zero =
        json.text("init_weights")
            .map(
                t -> {
                  if (!t.equals("zero")) {
                    json.problem("init_weights", t, "null or \"zero\"", "use one of these");
                  }
                  return true;
                })
            .orElse(false);
    return json.build(() -> new PrefixConfig(prompt.get(), projection, hidden, zero));
  }

  private int width(Architecture model) {
    return prompt.tokenDim().orElse(model.shape().keyValueWidth());
  }

  private int hidden(Architecture model) {
    return encoderHiddenSize.orElse(width(model));
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.PREFIX_TUNING;
  }

  @Override
  public void check(Architecture model) {
    prompt.check(model, model.shape().keyValueWidth(), model.shape().keyValueHeads());
  }

  @Override
  public PromptEncoder.Plan plan(Architecture model) {
    // A key and a value in each layer.
    long kv = 2L * model.shape().layers() * width(model);
    return new PromptEncoder.Plan(
        new long[] {prompt.numVirtualTokens(), projection ? width(model) : kv},
        projection ? new long[] {hidden(model), kv} : new long[] {},
        "transform",
        Ops::tanh);
  }

  @Override
  public PromptEncoder encoder(CausalLM base, long seed, TextTokens tokenizer) {
    PromptEncoder encoder = PromptLearningConfig.super.encoder(base, seed, tokenizer);
    if (zero) {
      encoder.zeroLast();
    }
    return encoder;
  }

  @Override
  public Adapter adapter(CausalLM base, PromptEncoder encoder) {
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
