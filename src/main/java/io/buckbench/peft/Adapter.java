package io.buckbench.peft;

import io.buckbench.model.Seams;
import io.buckbench.tensor.Parameter;
import java.util.List;

/**
 * What a method attaches to a base model: seams for the decoder and the parameters to be trained.
 * Whatever is not in {@link #parameters} stays frozen.
 */
public interface Adapter extends AutoCloseable {
  /** How the adapter enters the decoder. */
  Seams seams();

  /**
   * Every trainable parameter, in PEFT's order and under the name PEFT's {@code named_parameters}
   * gives without the adapter's own name, for example {@code
   * base_model.model.model.decoder.layers.0.self_attn.q_proj.lora_A.weight}.
   */
  List<Parameter> parameters();

  /** Frees what the adapter made; a base weight it trains in place stays. */
  @Override
  void close();
}
