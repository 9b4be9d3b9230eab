package io.buckbench.model.opt;

import ai.djl.ndarray.NDArray;
import io.buckbench.model.Attention;
import io.buckbench.model.Linear;
import io.buckbench.model.Pass;
import io.buckbench.model.Weights;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;
import java.util.Arrays;

/**
 * One decoder layer.
 *
 * <pre>
 *   before (opt-125m):  h + attention(norm(h)),  then  h + ffn(norm(h))
 *   after  (opt-350m):  norm(h + attention(h)),  then  norm(h + ffn(h))
 * </pre>
 */
final class OptLayer {
  private final OptArchitecture model;
  private final NDArray scale;
  private final Attention attention;
  private final Linear[] modules;
  private final NDArray attentionNormWeight;
  private final NDArray attentionNormBias;
  private final NDArray finalNormWeight;
  private final NDArray finalNormBias;

  /**
   * @param scale 1 / sqrt(head size), a scalar
   */
  OptLayer(OptArchitecture model, Weights weights, int index, NDArray scale, Precision precision) {
    this.model = model;
    this.scale = scale;
    this.attention = new Attention(model.shape(), index, model.attentionDropout(), precision);
    this.modules =
        Arrays.stream(OptModule.values())
            .map(module -> new Linear(module.in(model.shape(), index), weights, precision))
            .toArray(Linear[]::new);
    String attentionNorm = OptWeights.attentionNorm(index);
    attentionNormWeight = weights.get(attentionNorm + ".weight");
    attentionNormBias = weights.get(attentionNorm + ".bias");
    String finalNorm = OptWeights.finalNorm(index);
    finalNormWeight = weights.get(finalNorm + ".weight");
    finalNormBias = weights.get(finalNorm + ".bias");
  }

  /**
   * @param hidden (batch * tokens, width)
   * @param last whether only the needed rows of the pass are computed
   * @return (batch * tokens or needed rows, width)
   */
  NDArray forward(NDArray hidden, Pass pass, boolean last) {
    boolean before = model.layerNormBefore();
    NDArray x = before ? attentionNorm(hidden) : hidden;
    NDArray attended = attended(x, pass, last);
    NDArray h = addTo(pass.residual(hidden, last), attended, OptModule.OUT_PROJ, pass);
    h = before ? h : attentionNorm(h);
    NDArray y = before ? finalNorm(h) : h;
    y = Ops.relu(module(OptModule.FC1).forward(y, pass));
    NDArray out = addTo(h, y, OptModule.FC2, pass);
    return before ? out : finalNorm(out);
  }

  private NDArray attended(NDArray x, Pass pass, boolean last) {
    NDArray keys = module(OptModule.K_PROJ).forward(x, pass);
    NDArray values = module(OptModule.V_PROJ).forward(x, pass);
    Linear queries = module(OptModule.Q_PROJ);
    NDArray query = queries.forward(pass.asking(x, last), pass);
    // Scaled after the bias, as in Hugging Face. Not in place if a hook may have kept the array.
    query = queries.isHooked(pass) ? Ops.mul(query, scale) : Ops.mulInPlace(query, scale);
    return attention.mix(query, keys, values, pass, last);
  }

  /** residual + dropout(module(x)). */
  private NDArray addTo(NDArray residual, NDArray x, OptModule name, Pass pass) {
    Linear module = module(name);
    NDArray y = module.forward(x, pass);
    NDArray dropped = Ops.dropout(y, model.dropout(), pass.training());
    boolean inPlace = dropped != y || !module.isHooked(pass);
    return inPlace ? Ops.addInPlace(dropped, residual) : Ops.add(dropped, residual);
  }

  private Linear module(OptModule module) {
    return modules[module.ordinal()];
  }

  private NDArray attentionNorm(NDArray x) {
    return Ops.layerNorm(x, attentionNormWeight, attentionNormBias);
  }

  private NDArray finalNorm(NDArray x) {
    return Ops.layerNorm(x, finalNormWeight, finalNormBias);
  }
}
