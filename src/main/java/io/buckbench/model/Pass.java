package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import io.buckbench.tensor.Ops;
import java.util.List;

/**
 * What every layer of one forward pass shares.
 *
 * @param input the batch's sizes
 * @param mask (batch or 1, 1, tokens, keys) added to attention scores
 * @param neededMask the same for the queries the last layer computes; {@code null} where it
 *     computes all
 * @param needed the rows wanted of the last layer; {@code null} for all
 * @param prefix one pair a layer, or empty
 * @param cache keys and values of earlier tokens; {@code null} where nothing is kept
 * @param seams where the adapter enters
 * @param training whether dropout is on
 * @param shared what the family computes once for all layers, for example rotary angles
 */
public record Pass(
    DecoderInput input,
    NDArray mask,
    NDArray neededMask,
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
   * The rows of x whose queries are computed: all, or in the last layer those that are needed.
   *
   * @param x (batch * tokens, width)
   */
  public NDArray asking(NDArray x, boolean last) {
    return picks(last) ? Ops.rows(needed.queries(), x) : x;
  }

  /** How many queries of each sequence {@link #asking} leaves. */
  public int queries(boolean last) {
    return picks(last) ? needed.perSequence() : input.tokens();
  }

  NDArray mask(boolean last) {
    return picks(last) ? neededMask : mask;
  }

  /** Of attention's output rows those that are needed. */
  NDArray compact(NDArray mixed) {
    return needed == null || needed.compact() == null ? mixed : Ops.rows(needed.compact(), mixed);
  }

  /** Of the residual stream's rows those that a layer's output has. */
  public NDArray residual(NDArray hidden, boolean last) {
    return last && needed != null ? Ops.rows(needed.flat(), hidden) : hidden;
  }
}
