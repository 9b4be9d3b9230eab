package io.buckbench.peft.ptuning;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.NamedTensors;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * P-tuning's settings. Defaults are PEFT's (peft/tuners/p_tuning/config.py): an MLP, {@code
 * encoder_hidden_size} as {@code token_dim}; {@code num_virtual_tokens} has none.
 *
 * @param prompt count and widths
 * @param encoderHiddenSize width inside the encoder
 */
public record PtuningConfig(PromptLearning prompt, OptionalInt encoderHiddenSize)
    implements MethodConfig {

  /** Refuses a width below 1. */
  public PtuningConfig {
    Problems problems = new Problems();
    encoderHiddenSize.ifPresent(n -> PromptLearning.positive(problems, "encoder_hidden_size", n));
    problems.throwIfAny();
  }

  /** Reads PEFT's keys. */
  public static PtuningConfig from(ConfigJson json) {
    PromptLearning.Read prompt = PromptLearning.read(json);
    OptionalInt hidden = json.integer("encoder_hidden_size");
    json.text("encoder_reparameterization_type")
        .filter(t -> !t.equals("MLP"))
        .ifPresent(
            t ->
                json.problem(
                    "encoder_reparameterization_type",
                    t,
                    "MLP",
                    "the LSTM encoder is not here; use the MLP"));
    // PEFT reads these two for its LSTM only.
    json.note("encoder_num_layers", "encoder_dropout");
    return json.build(() -> new PtuningConfig(prompt.judged(), hidden));
  }

  /** Width of a row. */
  int width(Architecture model) {
    return prompt.width(model.shape().embedding());
  }

  /** Width inside the encoder. */
  int hidden(Architecture model) {
    return encoderHiddenSize.orElse(width(model));
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.P_TUNING;
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

  @Override
  public Map<String, long[]> encoderShapes(Architecture model) {
    return plan(model).shapes();
  }

  private PromptEncoder.Plan plan(Architecture model) {
    long d = width(model);
    long h = hidden(model);
    return new PromptEncoder.Plan(
        new long[] {prompt.numVirtualTokens(), d}, new long[] {h, h, d}, "mlp_head", Ops::relu);
  }

  @Override
  public Adapter attach(CausalLM base, long seed, TextTokens tokenizer) {
    check(base.architecture());
    return EncodedAdapter.ofVirtualTokens(
        this, PromptEncoder.initialised(plan(base.architecture()), seed));
  }

  @Override
  public Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder) {
    check(base.architecture());
    return EncodedAdapter.ofVirtualTokens(
        this, PromptEncoder.restored(plan(base.architecture()), saved, encoder));
  }

  @Override
  public ObjectNode toJson(Architecture model) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("encoder_dropout", 0.0);
    json.put("encoder_hidden_size", hidden(model));
    json.put("encoder_num_layers", 2);
    json.put("encoder_reparameterization_type", "MLP");
    prompt.write(json, model, model.shape().embedding(), model.shape().heads());
    return json;
  }
}
