package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.buckbench.tensor.Ops;
import java.util.HashMap;
import java.util.Map;

/**
 * What one pass adds to attention scores: the causal mask, the batch's padding and the family's
 * bias. Layers with the same window share one mask.
 */
final class ScoreMasks {
  /**
   * The masks of one window.
   *
   * @param all (batch or 1, heads or 1, tokens, keys)
   * @param needed the same for the queries of the last layer; {@code null} if it computes all
   */
  private record Window(NDArray all, NDArray needed) {}

  private final Decoder decoder;
  private final DecoderInput input;
  private final NeededRows needed;
  private final Map<Integer, Window> byWidth = new HashMap<>();
  private NDArray keyPositions;
  private NDArray queryPositions;

  /**
   * @param needed the rows to compute in the last layer; {@code null} for all
   */
  ScoreMasks(Decoder decoder, DecoderInput input, NeededRows needed) {
    this.decoder = decoder;
    this.input = input;
    this.needed = needed == null || needed.queries() == null ? null : needed;
    if (input.keyPositions() != null) {
      int width = CausalMask.aligned(input.keys());
      keyPositions = Ops.reshape(numbers(input.keyPositions().array()), input.batch(), 1, 1, width);
      queryPositions = Ops.reshape(numbers(input.queryPositions().array()), -1, 1);
    }
    int layers = decoder.layers();
    // Made before the layers, whose scopes close what is created in them.
    for (int layer = 0; layer < layers; layer++) {
      byWidth.computeIfAbsent(width(layer), this::window);
    }
  }

  private static NDArray numbers(NDArray whole) {
    return Ops.as(whole, DataType.FLOAT32);
  }

  /** The mask of a layer. */
  NDArray of(int layer, boolean neededOnly) {
    Window window = byWidth.get(width(layer));
    return neededOnly ? window.needed : window.all;
  }

  private int width(int layer) {
    int window = decoder.window(layer);
    return window >= input.keys() ? 0 : window;
  }

  private Window window(int width) {
    NDArray causal = decoder.causal(width).view(input.tokens(), input.keys());
    NDArray all = masked(causal, queryPositions, input.tokens());
    if (needed == null) {
      return new Window(all, null);
    }
    NDArray again = decoder.causal(width).view(input.tokens(), input.keys());
    NDArray table = Ops.reshape(again, input.tokens(), -1);
    NDArray rows = Ops.rows(needed.queryColumns().array(), table);
    NDArray own = Ops.reshape(rows, input.batch(), 1, needed.perSequence(), -1);
    NDArray positions =
        queryPositions == null ? null : Ops.rows(needed.queries().array(), queryPositions);
    return new Window(all, masked(own, positions, needed.perSequence()));
  }

  /** A causal mask with padding hidden too and the bias added, for the keys of the batch. */
  private NDArray masked(NDArray causal, NDArray positions, int queries) {
    NDArray all = input.keyMask() == null ? causal : Ops.min(input.keyMask(), causal);
    if (positions != null) {
      NDArray asking = Ops.reshape(positions, input.batch(), 1, queries, 1);
      NDArray bias = decoder.bias(keyPositions, asking);
      all = Ops.add(Ops.as(bias, decoder.precision().type()), all);
    }
    return Ops.slice(all, 3, 0, input.keys());
  }
}
