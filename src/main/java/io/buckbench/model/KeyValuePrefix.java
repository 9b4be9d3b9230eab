package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The third seam, for prefix tuning: keys and values before the computed ones in every layer. They
 * lengthen only the attention mask.
 */
public interface KeyValuePrefix {
  /** The number of positions before each layer's keys. */
  int count();

  /**
   * Keys and values of every layer, differentiable in training; the same for every row of a batch.
   *
   * @return one pair for each layer
   */
  List<KeyValue> layers(boolean training);

  /**
   * @param key (heads, prefix tokens, head size)
   * @param value (heads, prefix tokens, head size)
   */
  record KeyValue(NDArray key, NDArray value) {}
}
