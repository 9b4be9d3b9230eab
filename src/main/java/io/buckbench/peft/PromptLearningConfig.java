package io.buckbench.peft;

import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a method that trains a {@link PromptEncoder}: prompt tuning, P-tuning and prefix
 * tuning. The defaults are those of virtual tokens before the text.
 */
public interface PromptLearningConfig extends MethodConfig {
  /** The settings that these methods share. */
  PromptLearning prompt();

  /** The parts of the encoder. */
  PromptEncoder.Plan plan(Architecture model);

  /** A new encoder with initial values. */
  default PromptEncoder encoder(CausalLM base, long seed, TextTokens tokenizer) {
    return PromptEncoder.initialised(plan(base.architecture()), seed);
  }

  /** An adapter that uses an encoder. */
  default Adapter adapter(CausalLM base, PromptEncoder encoder) {
    return EncodedAdapter.ofVirtualTokens(this, encoder);
  }

  @Override
  default int virtualTokens() {
    return prompt().numVirtualTokens();
  }

  @Override
  default void check(Architecture model) {
    prompt().check(model, model.shape().embedding(), model.shape().heads());
  }

  @Override
  default Map<String, long[]> savedShapes(Architecture model) {
    return plan(model).resultShape();
  }

  @Override
  default Map<String, long[]> encoderShapes(Architecture model) {
    return plan(model).widths().length == 0 ? Map.of() : plan(model).shapes();
  }

  @Override
  default Adapter attach(CausalLM base, long seed, TextTokens tokenizer) {
    check(base.architecture());
    return adapter(base, encoder(base, seed, tokenizer));
  }

  @Override
  default Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder) {
    return adapter(base, PromptEncoder.restored(plan(base.architecture()), saved, encoder));
  }
}
