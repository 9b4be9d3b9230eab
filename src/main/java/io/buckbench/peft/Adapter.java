package io.buckbench.peft;

import io.buckbench.checkpoint.Safetensors;
import io.buckbench.model.Seams;
import io.buckbench.tensor.Parameter;
import java.util.List;
import java.util.Map;

/**
 * What a method attaches to a base model: seams for the decoder and the parameters to be trained.
 * Whatever is not in {@link #parameters} stays frozen.
 */
public interface Adapter extends AutoCloseable {
  /** The settings it was made from. */
  MethodConfig config();

  /** How the adapter enters the decoder. */
  Seams seams();

  /**
   * Every trainable parameter, in PEFT's order and under the name PEFT's {@code named_parameters}
   * gives without the adapter's own name, for example {@code
   * base_model.model.model.decoder.layers.0.fc1.lora_A.weight}. Empty for an adapter whose encoder
   * was not saved: it predicts, but cannot be trained on.
   */
  List<Parameter> parameters();

  /** Copies of what PEFT's {@code adapter_model.safetensors} holds, under PEFT's names. */
  default Map<String, Safetensors.Tensor> saved() {
    return AdapterDirectory.tensors(parameters());
  }

  /** Copies of what training on needs beyond {@link #saved}; empty for most methods. */
  default Map<String, Safetensors.Tensor> savedEncoder() {
    return Map.of();
  }

  /** Frees what the adapter made; a base weight it trains or was merged into stays as it is. */
  @Override
  void close();
}
