package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;

/**
 * One decoder layer. Activations stay (rows, width), rows = batch * tokens, so that every linear is
 * one fused call; only attention sees (batch, heads, tokens, head size).
 *
 * <pre>
 *   before (opt-125m):  h + attention(norm(h)),  then  h + ffn(norm(h))
 *   after  (opt-350m):  norm(h + attention(h)),  then  norm(h + ffn(h))
 * </pre>
 */
final class OptLayer {
  private final OptConfig config;
  private final Precision precision;
  private final int index;
  private final NDArray scale;
  private final NDArray[] weights = new NDArray[Projection.values().length];
  private final NDArray[] biases = new NDArray[Projection.values().length];
  private final NDArray attentionNormWeight;
  private final NDArray attentionNormBias;
  private final NDArray finalNormWeight;
  private final NDArray finalNormBias;

  /**
   * @param scale one over the root of the head size, a scalar
   */
  OptLayer(OptConfig config, Weights weights, int index, NDArray scale, Precision precision) {
    this.config = config;
    this.precision = precision;
    this.index = index;
    this.scale = scale;
    for (Projection projection : Projection.values()) {
      String name = OptWeightNames.projection(index, projection);
      this.weights[projection.ordinal()] = weights.get(name + ".weight");
      this.biases[projection.ordinal()] = weights.get(name + ".bias");
    }
    String attentionNorm = OptWeightNames.attentionLayerNorm(index);
    attentionNormWeight = weights.get(attentionNorm + ".weight");
    attentionNormBias = weights.get(attentionNorm + ".bias");
    String finalNorm = OptWeightNames.finalLayerNorm(index);
    finalNormWeight = weights.get(finalNorm + ".weight");
    finalNormBias = weights.get(finalNorm + ".bias");
  }

  /**
   * @param hidden (batch * tokens, width)
   * @param last whether only the pass's needed rows are wanted
   * @return (batch * tokens or needed rows, width)
   */
  NDArray forward(NDArray hidden, Pass pass, boolean last) {
    boolean before = config.layerNormBefore();
    NeededRows needed = last ? pass.needed() : null;
    NDArray x = before ? attentionNorm(hidden) : hidden;
    NDArray attended = attention(x, pass, needed);
    NDArray residual = needed == null ? hidden : Ops.rows(needed.flat(), hidden);
    NDArray h = addTo(residual, attended, Projection.OUT_PROJ, pass);
    h = before ? h : attentionNorm(h);
    NDArray y = before ? finalNorm(h) : h;
    y = Ops.relu(project(y, Projection.FC1, pass));
    NDArray out = addTo(h, y, Projection.FC2, pass);
    return before ? out : finalNorm(out);
  }

  private NDArray attention(NDArray x, Pass pass, NeededRows needed) {
    int batch = pass.input().batch();
    int tokens = pass.input().tokens();
    NDArray keys = heads(project(x, Projection.K_PROJ, pass), batch, tokens);
    NDArray values = heads(project(x, Projection.V_PROJ, pass), batch, tokens);
    boolean first = pass.cache() == null || pass.cache().isEmptyAt(index);
    if (first && !pass.prefix().isEmpty()) {
      KeyValuePrefix.KeyValue prefix = pass.prefix().get(index);
      keys = Ops.cat(2, inFrontOf(prefix.key(), batch), keys);
      values = Ops.cat(2, inFrontOf(prefix.value(), batch), values);
    }
    if (pass.cache() != null) {
      keys = pass.cache().appendKeys(index, keys);
      values = pass.cache().appendValues(index, values);
    }
    boolean picks = needed != null && needed.queries() != null;
    int queries = picks ? needed.perSequence() : tokens;
    NDArray asking = picks ? Ops.rows(needed.queries(), x) : x;
    NDArray query = project(asking, Projection.Q_PROJ, pass);
    // Scaled after the bias, as Hugging Face does; a hook may have saved what it returned.
    query = hooked(Projection.Q_PROJ, pass) ? Ops.mul(query, scale) : Ops.mulInPlace(query, scale);
    query = heads(query, batch, queries);
    NDArray scores = precision.matmul(query, Ops.transpose(keys, 2, 3));
    scores = Ops.addInPlace(scores, picks ? pass.neededMask() : pass.mask());
    NDArray probabilities =
        Ops.dropout(Ops.softmax(scores), config.attentionDropout(), pass.training());
    NDArray mixed = Ops.transpose(precision.matmul(probabilities, values), 1, 2);
    mixed = Ops.reshape(mixed, (long) batch * queries, config.hiddenSize());
    return needed == null || needed.compact() == null ? mixed : Ops.rows(needed.compact(), mixed);
  }

  /** residual + dropout(projection(x)). */
  private NDArray addTo(NDArray residual, NDArray x, Projection projection, Pass pass) {
    NDArray y = project(x, projection, pass);
    NDArray dropped = Ops.dropout(y, config.dropout(), pass.training());
    boolean oursToChange = dropped != y || !hooked(projection, pass);
    return oursToChange ? Ops.addInPlace(dropped, residual) : Ops.add(dropped, residual);
  }

  private NDArray project(NDArray x, Projection projection, Pass pass) {
    NDArray weight = weights[projection.ordinal()];
    NDArray bias = biases[projection.ordinal()];
    ProjectionHook hook = pass.seams().hook(index, projection).orElse(null);
    if (hook == null) {
      return precision.linear(x, weight, bias);
    }
    return hook.output(x, precision.linear(hook.input(x), weight, bias), pass.training());
  }

  private boolean hooked(Projection projection, Pass pass) {
    return pass.seams().hook(index, projection).isPresent();
  }

  private NDArray heads(NDArray x, int batch, int tokens) {
    return Ops.transpose(Ops.reshape(x, batch, tokens, config.heads(), config.headSize()), 1, 2);
  }

  private NDArray inFrontOf(NDArray prefix, int batch) {
    long[] shape = prefix.getShape().getShape();
    return Ops.broadcast(
        Ops.reshape(prefix, 1, shape[0], shape[1], shape[2]), batch, shape[0], shape[1], shape[2]);
  }

  private NDArray attentionNorm(NDArray x) {
    return Ops.layerNorm(x, attentionNormWeight, attentionNormBias);
  }

  private NDArray finalNorm(NDArray x) {
    return Ops.layerNorm(x, finalNormWeight, finalNormBias);
  }
}
