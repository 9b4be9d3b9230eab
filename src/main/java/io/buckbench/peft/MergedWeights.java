package io.buckbench.peft;

import ai.djl.ndarray.NDArray;
import io.buckbench.tensor.GradMode;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Base weights that were changed in place, with the bits they had. */
@SuppressWarnings("try") // scopes and modes are opened for what their closing does
public final class MergedWeights {
  private final Map<NDArray, NDArray> before = new IdentityHashMap<>();

  /** Keeps a weight's bits and changes it; what the change makes beside is freed. */
  public void change(NDArray weight, Consumer<NDArray> inPlace) {
    NDArray copy = Tensors.copyOf(weight);
    copy.detach();
    before.put(weight, copy);
    try (GradMode off = GradMode.off();
        Scope scope = new Scope()) {
      inPlace.accept(weight);
    }
  }

  /** Whether nothing is changed. */
  public boolean isEmpty() {
    return before.isEmpty();
  }

  /** Puts every weight back, bit for bit. */
  public void putBack() {
    before.forEach(Tensors::copyInto);
    forget();
  }

  /** Lets go of the old bits; the weights stay changed. */
  public void forget() {
    before.values().forEach(NDArray::close);
    before.clear();
  }

  /**
   * Guards the two directions.
   *
   * @throws IllegalStateException if the weights are not as expected
   */
  public void expect(boolean merged) {
    if (merged == isEmpty()) {
      throw new IllegalStateException(
          merged ? "the adapter is not merged" : "the adapter is merged already");
    }
  }
}
