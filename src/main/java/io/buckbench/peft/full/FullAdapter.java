package io.buckbench.peft.full;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.peft.Adapter;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.List;

/**
 * All weights of the base model, trained in place.
 *
 * @param base the model
 */
record FullAdapter(CausalLM base) implements Adapter {
  /** Overwrites the base model's weights with those of a saved, fully tuned model. */
  static FullAdapter restored(CausalLM base, NamedTensors saved) {
    try (NDManager manager = Torch.newManager()) {
      for (Parameter p : base.parameters()) {
        try (NDArray value =
            Tensors.of(manager, saved.floats(p.name()), saved.info(p.name()).shape())) {
          Tensors.copyInto(p.array(), value);
        }
      }
    }
    return new FullAdapter(base);
  }

  @Override
  public FullConfig config() {
    return new FullConfig();
  }

  @Override
  public List<Parameter> parameters() {
    return base.parameters();
  }

  @Override
  public Seams seams() {
    return Seams.none();
  }

  @Override
  public void close() {
    // The weights belong to the base model.
  }
}
