package io.buckbench.peft;

import io.buckbench.checkpoint.Safetensors;
import io.buckbench.model.Seams;
import io.buckbench.tensor.Parameter;
import java.util.List;
import java.util.Map;

/**
 * A method attached to a base model: seams for the decoder, and the parameters to train. Everything
 * that is not in {@link #parameters} stays frozen.
 */
public interface Adapter extends AutoCloseable {
  /** The adapter's settings. */
  MethodConfig config();

  /** The adapter's effect on the decoder. */
  Seams seams();

  /**
   * Every trainable parameter, in the order and with the names of PEFT's {@code named_parameters},
   * without the adapter's name, for example {@code
   * base_model.model.model.decoder.layers.0.fc1.lora_A.weight}. Empty for an adapter whose encoder
   * was not saved: it can predict, but not be trained further.
   */
  List<Parameter> parameters();

  /** Copies of the tensors in PEFT's {@code adapter_model.safetensors}, by PEFT's names. */
  default Map<String, Safetensors.Tensor> saved() {
    return AdapterDirectory.tensors(parameters());
  }

  /** Copies of the tensors that further training needs beyond {@link #saved}; usually empty. */
  default Map<String, Safetensors.Tensor> savedEncoder() {
    return Map.of();
  }

  /** Frees the adapter's own arrays. Base weights that it trained or was merged into are kept. */
  @Override
  void close();
}
