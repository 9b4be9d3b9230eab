package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Torch;

/**
 * Every layer's keys and values so far, so that a pass computes only new tokens. Inference only.
 */
public final class KeyValueCache implements AutoCloseable {
  private final NDManager manager = Torch.newManager();
  private final NDArray[] keys;
  private final NDArray[] values;

  KeyValueCache(int layers) {
    keys = new NDArray[layers];
    values = new NDArray[layers];
  }

  boolean isEmpty() {
    return isEmptyAt(0);
  }

  boolean isEmptyAt(int layer) {
    return keys[layer] == null;
  }

  /** Appends keys and returns all keys of the layer, (batch, heads, positions, head size). */
  NDArray appendKeys(int layer, NDArray fresh) {
    return append(keys, layer, fresh);
  }

  /** Appends values and returns all values of the layer. */
  NDArray appendValues(int layer, NDArray fresh) {
    return append(values, layer, fresh);
  }

  private NDArray append(NDArray[] held, int layer, NDArray fresh) {
    // Always a copy, since the caller's scope closes the array it passed.
    NDArray all = held[layer] == null ? Ops.cat(2, fresh) : Ops.cat(2, held[layer], fresh);
    all.attach(manager);
    Scope.keep(all);
    if (held[layer] != null) {
      held[layer].close();
    }
    held[layer] = all;
    return all;
  }

  @Override
  public void close() {
    manager.close();
  }
}
