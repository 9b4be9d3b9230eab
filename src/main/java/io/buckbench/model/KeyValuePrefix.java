package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The third seam: keys and values put before the computed ones in every layer. They lengthen only
 * the mask that attention sees. -> prefix tuning.
 */
public interface KeyValuePrefix {
  /** How many positions in front of each layer's keys. */
  int count();

  /**
   * Keys and values of every layer, differentiable when training; the same for every row of a
   * batch.
   *
   * @return one pair a layer, each array of shape (heads, prefix tokens, head size)
   */
  List<KeyValue> layers(boolean training);

  /**
   * @param key (heads, prefix tokens, head size)
   * @param value (heads, prefix tokens, head size)
   */
  record KeyValue(NDArray key, NDArray value) {}
}
