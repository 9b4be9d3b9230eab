package io.buckbench.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Decoder;
import io.buckbench.tensor.GradMode;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A base model whose weights were changed in place, with copies of their old values.
 *
 * <p>A head and an embedding that are one weight cannot be changed in place, since a change of one
 * would change the other. They are changed in copies, which a decoder of their own uses.
 */
@SuppressWarnings("try") // scopes and modes are used only for their close()
final class MergedModel {
  private final CausalLM base;
  private final Map<NDArray, NDArray> before = new IdentityHashMap<>();
  private final NDManager manager = Torch.newManager();
  private final Map<String, NDArray> apart = new HashMap<>();
  private Optional<Decoder> decoder = Optional.empty();

  MergedModel(CausalLM base) {
    this.base = base;
  }

  /** Copies a weight and changes it; other arrays that the change creates are freed. */
  void change(String name, Consumer<NDArray> inPlace) {
    Architecture model = base.architecture();
    boolean shared = model.tied() && model.holder(name).equals(model.tokenEmbedding());
    NDArray weight = shared ? copyOf(name) : base.weight(name);
    if (!shared && !before.containsKey(weight)) {
      NDArray copy = Tensors.copyOf(weight);
      copy.detach();
      before.put(weight, copy);
    }
    try (GradMode off = GradMode.off();
        Scope scope = new Scope()) {
      inPlace.accept(weight);
    }
  }

  private NDArray copyOf(String name) {
    NDArray copy =
        apart.computeIfAbsent(
            name,
            n -> {
              NDArray own = Tensors.copyOf(base.weight(base.architecture().holder(n)));
              own.attach(manager);
              return own;
            });
    decoder = Optional.of(base.decoder(apart, manager));
    return copy;
  }

  /** The decoder that computes with head and embedding apart; empty for the base model's. */
  Optional<Decoder> decoder() {
    return decoder;
  }

  /** Restores every weight, bit for bit. */
  void undo() {
    before.forEach(Tensors::copyInto);
    keep();
  }

  /** Frees the old values; the weights stay changed. */
  void keep() {
    before.values().forEach(NDArray::close);
    before.clear();
    manager.close();
  }
}
