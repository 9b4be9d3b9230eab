package io.buckbench.parity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.data.TokenBatch;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.model.TokenLoss;
import io.buckbench.tensor.Autograd;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.List;
import java.util.Map;

/** A model and what is trained of it, as a reference folder started. */
record ReferenceModel(CausalLM lm, Seams seams, List<Parameter> trainable, AutoCloseable adapter)
    implements AutoCloseable {
  static ReferenceModel open(Reference reference) {
    CausalLM lm = CausalLM.load(reference.model());
    ReferenceModel opened;
    if (reference.method().equals("full")) {
      opened = new ReferenceModel(lm, Seams.none(), lm.parameters(), () -> {});
    } else {
      TestLora lora = TestLora.read(reference.file("init.safetensors"), 8f / 4f);
      opened = new ReferenceModel(lm, lora, lora.parameters(), lora);
    }
    Autograd.setRequiresGradient(opened.trainable(), true);
    return opened;
  }

  /** Fills in the gradient of every trainable tensor and returns the mean loss. */
  double gradients(TokenBatch batch, Map<String, float[]> into) {
    try (NDManager step = Torch.newManager()) {
      TokenLoss loss = lm.loss(step, batch, seams, true);
      Autograd.backward(loss.sum(), 1f / loss.count());
      for (Parameter parameter : trainable) {
        try (NDArray gradient = Autograd.gradient(parameter.array()).orElseThrow()) {
          into.put(parameter.name(), Tensors.floats(gradient));
        }
        Autograd.zeroGradient(parameter.array());
      }
      return loss.mean();
    }
  }

  @Override
  public void close() {
    try {
      adapter.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    lm.close();
  }
}
