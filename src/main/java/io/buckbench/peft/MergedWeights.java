package io.buckbench.peft;

import ai.djl.ndarray.NDArray;
import io.buckbench.tensor.GradMode;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Base weights that were changed in place, with copies of their old values. */
@SuppressWarnings("try") // scopes and modes are used only for their close()
final class MergedWeights {
  private final Map<NDArray, NDArray> before = new IdentityHashMap<>();

  /** Copies a weight and changes it; other arrays that the change creates are freed. */
  void change(NDArray weight, Consumer<NDArray> inPlace) {
    NDArray copy = Tensors.copyOf(weight);
    copy.detach();
    before.put(weight, copy);
    try (GradMode off = GradMode.off();
        Scope scope = new Scope()) {
      inPlace.accept(weight);
    }
  }

  /** Whether no weight is changed. */
  boolean isEmpty() {
    return before.isEmpty();
  }

  /** Restores every weight, bit for bit. */
  void putBack() {
    before.forEach(Tensors::copyInto);
    forget();
  }

  /** Frees the old values; the weights stay changed. */
  void forget() {
    before.values().forEach(NDArray::close);
    before.clear();
  }

  /**
   * Checks that the weights are, or are not, changed.
   *
   * @throws IllegalStateException if this does not hold
   */
  void expect(boolean merged) {
    if (merged == isEmpty()) {
      throw new IllegalStateException(
          merged ? "the adapter is not merged" : "the adapter is merged already");
    }
  }
}
