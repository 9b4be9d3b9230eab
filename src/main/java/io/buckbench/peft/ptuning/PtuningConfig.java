package io.buckbench.peft.ptuning;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.peft.ConfigJson;
import io.buckbench.peft.PeftMethod;
import io.buckbench.peft.PromptEncoder;
import io.buckbench.peft.PromptLearning;
import io.buckbench.peft.PromptLearningConfig;
import io.buckbench.tensor.Ops;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * P-tuning's settings. The defaults are PEFT's (peft/tuners/p_tuning/config.py): an MLP, {@code
 * encoder_hidden_size} equal to {@code token_dim}; {@code num_virtual_tokens} has no default.
 *
 * @param prompt number of tokens and widths
 * @param encoderHiddenSize hidden width of the encoder
 */
public record PtuningConfig(PromptLearning prompt, OptionalInt encoderHiddenSize)
    implements PromptLearningConfig {

  /** Checks that the width is at least 1. */
  public PtuningConfig {
    Problems problems = new Problems();
    encoderHiddenSize.ifPresent(n -> PromptLearning.positive(problems, "encoder_hidden_size", n));
    problems.throwIfAny();
  }

  /** Reads PEFT's keys. */
  public static PtuningConfig from(ConfigJson json) {
    Supplier<PromptLearning> prompt = PromptLearning.read(json);
    OptionalInt hidden = json.integer("encoder_hidden_size");
    json.text("encoder_reparameterization_type")
        .filter(t -> !t.equals("MLP"))
        .ifPresent(
            t ->
                json.problem(
                    "encoder_reparameterization_type",
                    t,
                    "MLP",
                    "use the MLP; the LSTM encoder is not supported"));
    // PEFT uses these two only for its LSTM.
    json.note("encoder_num_layers", "encoder_dropout");
    return json.build(() -> new PtuningConfig(prompt.get(), hidden));
  }

  private int width(Architecture model) {
    return prompt.tokenDim().orElse(model.shape().embedding());
  }

  private int hidden(Architecture model) {
    return encoderHiddenSize.orElse(width(model));
  }

  @Override
  public PeftMethod method() {
    return PeftMethod.P_TUNING;
  }

  @Override
  public PromptEncoder.Plan plan(Architecture model) {
    long d = width(model);
    long h = hidden(model);
    return new PromptEncoder.Plan(
        new long[] {prompt.numVirtualTokens(), d}, new long[] {h, h, d}, "mlp_head", Ops::relu);
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
