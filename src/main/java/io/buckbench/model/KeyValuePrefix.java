package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
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
   * @param type their element type
   * @return one pair for each layer
   */
  List<KeyValue> layers(DataType type, boolean training);

  /**
   * @param key (1, heads, prefix tokens, head size)
   * @param value (1, heads, prefix tokens, head size)
   */
  record KeyValue(NDArray key, NDArray value) {}
}
