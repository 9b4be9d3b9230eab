package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;

/**
 * Every layer's keys and values so far, so that a pass computes only new tokens. It has room for
 * the tokens to come, so that a pass copies only its own. Inference only.
 */
public final class KeyValueCache implements AutoCloseable {
  private final NDManager manager = Torch.newManager();
  private final NDArray[] keys;
  private final NDArray[] values;
  private final int[] filled;
  private final int later;

  /**
   * @param later number of tokens after the first pass
   */
  KeyValueCache(int layers, int later) {
    keys = new NDArray[layers];
    values = new NDArray[layers];
    filled = new int[layers];
    this.later = later;
  }

  boolean isEmpty() {
    return isEmptyAt(0);
  }

  boolean isEmptyAt(int layer) {
    return filled[layer] == 0;
  }

  /** All keys and all values of a layer, (batch, heads, positions, head size). */
  record Seen(NDArray keys, NDArray values) {}

  /** Appends keys and values of new tokens to a layer. */
  Seen append(int layer, NDArray freshKeys, NDArray freshValues) {
    int from = filled[layer];
    filled[layer] += (int) freshKeys.getShape().get(2);
    if (from == 0) {
      keys[layer] = room(freshKeys);
      values[layer] = room(freshValues);
    }
    Tensors.copyInto(part(keys[layer], from, filled[layer]), freshKeys);
    Tensors.copyInto(part(values[layer], from, filled[layer]), freshValues);
    return from == 0
        ? new Seen(freshKeys, freshValues)
        : new Seen(part(keys[layer], 0, filled[layer]), part(values[layer], 0, filled[layer]));
  }

  private NDArray room(NDArray fresh) {
    long[] shape = Tensors.shape(fresh);
    shape[2] += later;
    return Scope.keep(Tensors.empty(manager, fresh.getDataType(), shape));
  }

  private static NDArray part(NDArray array, int from, int to) {
    return Ops.slice(array, 2, from, to);
  }

  @Override
  public void close() {
    manager.close();
  }
}
