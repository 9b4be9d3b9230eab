package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.ScriptedOps;

/**
 * Scaled dot-product attention of one layer (Vaswani et al. 2017, section 3.2). It handles an
 * adapter's prefix, cached keys and values, and grouped queries (Ainslie et al. 2023,
 * arXiv:2305.13245).
 */
public final class Attention {
  private final Shape shape;
  private final int layer;
  private final ScriptedOps scripted;
  private final Precision precision;

  /**
   * @param layer index of the layer, from 0
   */
  Attention(Shape shape, int layer, ScriptedOps scripted, Precision precision) {
    this.shape = shape;
    this.layer = layer;
    this.scripted = scripted;
    this.precision = precision;
  }

  /**
   * @param query (batch * queries, heads * head size) for the rows of {@link Pass#asking}
   * @param keys (batch * tokens, key heads * head size)
   * @param values (batch * tokens, key heads * head size)
   * @param last whether only the needed rows of the pass are computed
   * @return (batch * tokens or needed rows, heads * head size)
   */
  public NDArray mix(NDArray query, NDArray keys, NDArray values, Pass pass, boolean last) {
    int batch = pass.input().batch();
    int tokens = pass.input().tokens();
    NDArray seenKeys = split(precision.operand(keys), batch, tokens, shape.keyValueHeads());
    NDArray seenValues = split(precision.operand(values), batch, tokens, shape.keyValueHeads());
    boolean first = pass.cache() == null || pass.cache().isEmptyAt(layer);
    if (first && !pass.prefix().isEmpty()) {
      KeyValuePrefix.KeyValue prefix = pass.prefix().get(layer);
      seenKeys = Ops.cat(2, forEachSequence(prefix.key(), batch), seenKeys);
      seenValues = Ops.cat(2, forEachSequence(prefix.value(), batch), seenValues);
    }
    if (pass.cache() != null) {
      KeyValueCache.Seen seen = pass.cache().append(layer, seenKeys, seenValues);
      seenKeys = seen.keys();
      seenValues = seen.values();
    }
    int queries = pass.queries(last);
    NDArray asking = split(precision.operand(query), batch, queries, shape.heads());
    NDArray mixed =
        scripted.attention(
            asking,
            forEachQueryHead(seenKeys),
            forEachQueryHead(seenValues),
            pass.mask(layer, last),
            pass.training());
    mixed = Ops.transpose(mixed, 1, 2);
    mixed = Ops.reshape(mixed, (long) batch * queries, (long) shape.heads() * shape.headSize());
    return last ? pass.compact(mixed) : mixed;
  }

  private NDArray split(NDArray x, int batch, int tokens, int heads) {
    return Ops.transpose(Ops.reshape(x, batch, tokens, heads, shape.headSize()), 1, 2);
  }

  /** Repeats a prefix (1, heads, tokens, head size) for every sequence of the batch. */
  private static NDArray forEachSequence(NDArray prefix, int batch) {
    long[] axes = prefix.getShape().getShape();
    return Ops.broadcast(prefix, batch, axes[1], axes[2], axes[3]);
  }

  /** Repeats each key head for every query head of its group. */
  private NDArray forEachQueryHead(NDArray x) {
    int groups = shape.heads() / shape.keyValueHeads();
    if (groups == 1) {
      return x;
    }
    long[] axes = x.getShape().getShape();
    NDArray repeated =
        Ops.broadcast(
            Ops.reshape(x, axes[0], axes[1], 1, axes[2], axes[3]),
            axes[0],
            axes[1],
            groups,
            axes[2],
            axes[3]);
    return Ops.reshape(repeated, axes[0], shape.heads(), axes[2], axes[3]);
  }
}
