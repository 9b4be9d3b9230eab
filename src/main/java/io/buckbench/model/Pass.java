package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import io.buckbench.tensor.Ops;
import java.util.List;

/**
 * What every layer of one forward pass shares.
 *
 * @param input the batch's sizes
 * @param masks added to attention scores
 * @param needed the rows to compute in the last layer; {@code null} for all
 * @param prefix one pair for each layer, or empty
 * @param cache keys and values of earlier tokens; {@code null} without a cache
 * @param seams the adapter's seams
 * @param training whether dropout is on
 * @param shared arrays that the family computes once for all layers, for example rotary angles
 */
public record Pass(
    DecoderInput input,
    ScoreMasks masks,
    NeededRows needed,
    List<KeyValuePrefix.KeyValue> prefix,
    KeyValueCache cache,
    Seams seams,
    boolean training,
    List<NDArray> shared) {

  private boolean picks(boolean last) {
    return last && needed != null && needed.queries() != null;
  }

  /**
   * The rows of x whose queries are computed: all of them, or the needed ones in the last layer.
   *
   * @param x (batch * tokens, ...)
   * @return x itself, or (needed queries, width)
   */
  public NDArray asking(NDArray x, boolean last) {
    if (!picks(last)) {
      return x;
    }
    NDArray flat = x.getShape().dimension() == 2 ? x : Ops.reshape(x, x.getShape().get(0), -1);
    return Ops.rows(needed.queries().array(), flat);
  }

  /** The number of queries per sequence in {@link #asking}. */
  public int queries(boolean last) {
    return picks(last) ? needed.perSequence() : input.tokens();
  }

  NDArray mask(int layer, boolean last) {
    return masks.of(layer, picks(last));
  }

  /** The needed rows of attention's output. */
  NDArray compact(NDArray mixed) {
    return needed == null || needed.compact() == null
        ? mixed
        : Ops.rows(needed.compact().array(), mixed);
  }

  /** The rows of the residual stream that a layer's output contains. */
  public NDArray residual(NDArray hidden, boolean last) {
    return last && needed != null ? Ops.rows(needed.flat().array(), hidden) : hidden;
  }
}
