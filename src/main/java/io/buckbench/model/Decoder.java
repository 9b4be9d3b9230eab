package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Scope;
import java.util.List;

/**
 * What every family's decoder does in the same way: looks up embeddings, puts virtual tokens before
 * them, walks the layers, picks the rows that are needed, multiplies by the head. A family fills in
 * what happens before, in and after the layers.
 *
 * <p>Architecture.Activations stay (rows, width), rows = batch * tokens, so that every linear
 * module is one fused call; only attention sees (batch, heads, tokens, head size).
 */
@SuppressWarnings("try") // scopes are opened for what their closing does
public abstract class Decoder {
  private final Shape shape;
  private final Precision precision;
  private final NDArray tokenEmbedding;
  private final NDArray head;
  private final CausalMask causal;

  /**
   * @param owner frees what is made once and kept
   */
  protected Decoder(
      Architecture architecture, Weights weights, NDManager owner, Precision precision) {
    this.shape = architecture.shape();
    this.precision = precision;
    this.tokenEmbedding = weights.get(architecture.tokenEmbedding());
    this.head = weights.get(architecture.head());
    this.causal = new CausalMask(owner);
  }

  /**
   * From embeddings to what the first layer reads.
   *
   * @param step owner of arrays that are made
   * @param embeddings (batch * tokens, embedding width), virtual tokens included; free to change
   * @return (batch * tokens, hidden)
   */
  protected abstract NDArray enter(
      NDManager step, NDArray embeddings, DecoderInput input, boolean training);

  /**
   * One layer.
   *
   * @param hidden (batch * tokens, hidden)
   * @param last whether only the pass's needed rows are wanted
   * @return (batch * tokens or needed rows, hidden)
   */
  protected abstract NDArray layer(int index, NDArray hidden, Pass pass, boolean last);

  /**
   * From the last layer's output to what the head reads.
   *
   * @param hidden (rows, hidden)
   * @return (rows, width of the head)
   */
  protected abstract NDArray leave(NDArray hidden);

  /** Whether a layer is left out of this pass; drawn anew for each. */
  protected boolean isSkipped(boolean training) {
    return false;
  }

  /** What all layers of a pass share, for example rotary angles; nothing by default. */
  protected List<NDArray> shared(NDManager step, DecoderInput input) {
    return List.of();
  }

  /**
   * From tokens to what the head reads.
   *
   * @param step owner of the result
   * @param needed the rows wanted; {@code null} for all
   * @param cache keys and values of earlier tokens, lengthened by this call; or {@code null}
   * @return (needed rows or batch * tokens, width of the head)
   */
  final NDArray forward(
      NDManager step,
      DecoderInput input,
      NeededRows needed,
      KeyValueCache cache,
      Seams seams,
      boolean training) {
    try (Scope whole = new Scope()) {
      boolean first = cache == null || cache.isEmpty();
      Pass pass =
          new Pass(
              input,
              mask(input),
              neededMask(input, needed),
              needed,
              first ? seams.prefix().map(p -> p.layers(training)).orElse(List.of()) : List.of(),
              cache,
              seams,
              training,
              shared(step, input));
      NDArray embeddings = embed(input, first ? seams : Seams.none(), training);
      NDArray hidden = enter(step, embeddings, input, training);
      boolean picked = false;
      for (int i = 0; i < shape.layers(); i++) {
        boolean last = i == shape.layers() - 1;
        if (isSkipped(training)) {
          continue;
        }
        hidden = scopedLayer(i, hidden, pass, last);
        picked = last && needed != null;
      }
      // The last layer's output was kept from its own scope and is in none.
      try (NDArray last = hidden) {
        NDArray out = leave(needed != null && !picked ? Ops.rows(needed.flat(), last) : last);
        // A family may end on the layer's output itself: keep that handle.
        NDArray result = out == last ? Ops.reshape(out, -1, out.getShape().get(1)) : out;
        Scope.keep(result).attach(step);
        return result;
      }
    }
  }

  /**
   * @param hidden (rows, width of the head)
   * @return (rows, vocabulary)
   */
  final NDArray logits(NDArray hidden) {
    return precision.linear(hidden, head, null);
  }

  private NDArray scopedLayer(int index, NDArray hidden, Pass pass, boolean last) {
    try (Scope handles = new Scope()) {
      NDArray out = Scope.keep(layer(index, hidden, pass, last));
      // Only a handle: what backward needs of it autograd holds.
      hidden.close();
      return out;
    }
  }

  private NDArray embed(DecoderInput input, Seams seams, boolean training) {
    NDArray words = precision.rows(input.ids(), tokenEmbedding);
    VirtualTokens virtual = seams.virtualTokens().orElse(null);
    if (virtual == null) {
      return words;
    }
    int batch = input.batch();
    int width = shape.embedding();
    int real = input.tokens() - virtual.count();
    NDArray rows = Ops.reshape(virtual.embeddings(training), 1, virtual.count(), width);
    NDArray all =
        Ops.cat(
            1,
            Ops.broadcast(rows, batch, virtual.count(), width),
            Ops.reshape(words, batch, real, width));
    return Ops.reshape(all, (long) batch * input.tokens(), width);
  }

  private NDArray mask(DecoderInput input) {
    return withPadding(causal.view(input.tokens(), input.keys()), input);
  }

  private NDArray neededMask(DecoderInput input, NeededRows needed) {
    if (needed == null || needed.queries() == null) {
      return null;
    }
    NDArray table =
        Ops.reshape(causal.view(input.tokens(), input.keys()), input.tokens(), input.keys());
    NDArray rows = Ops.rows(needed.queryColumns(), table);
    return withPadding(
        Ops.reshape(rows, input.batch(), 1, needed.perSequence(), input.keys()), input);
  }

  private static NDArray withPadding(NDArray mask, DecoderInput input) {
    return input.keyMask() == null ? mask : Ops.min(input.keyMask(), mask);
  }
}
