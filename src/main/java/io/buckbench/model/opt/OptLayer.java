package io.buckbench.model.opt;

import ai.djl.ndarray.NDArray;
import io.buckbench.model.Attention;
import io.buckbench.model.Linear;
import io.buckbench.model.Pass;
import io.buckbench.model.Weights;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.ScriptedOps;
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
  private final Precision precision;
  private final Attention attention;
  private final ScriptedOps scripted;
  private final Linear[] modules;
  private final NDArray attentionNormWeight;
  private final NDArray attentionNormBias;
  private final NDArray finalNormWeight;
  private final NDArray finalNormBias;

  OptLayer(
      OptArchitecture model,
      Weights weights,
      int index,
      Attention attention,
      ScriptedOps scripted,
      Precision precision) {
    this.model = model;
    this.precision = precision;
    this.attention = attention;
    this.scripted = scripted;
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
    NDArray out = addTo(h, inner(precision.operand(y), pass), OptModule.FC2, pass);
    return before ? out : finalNorm(out);
  }

  private NDArray attended(NDArray x, Pass pass, boolean last) {
    NDArray operand = precision.operand(x);
    NDArray keys = module(OptModule.K_PROJ).forward(operand, pass);
    NDArray values = module(OptModule.V_PROJ).forward(operand, pass);
    NDArray query = module(OptModule.Q_PROJ).forward(pass.asking(operand, last), pass);
    return attention.mix(query, keys, values, pass, last);
  }

  /** residual + dropout(module(x)). */
  private NDArray addTo(NDArray residual, NDArray x, OptModule name, Pass pass) {
    Linear module = module(name);
    NDArray y = module.forward(x, pass);
    NDArray dropped = Ops.dropout(y, model.dropout(), pass.training());
    // In float16 the sum would lose the residual's precision.
    boolean inPlace = precision == Precision.FLOAT32 && (dropped != y || !module.isHooked(pass));
    return inPlace ? Ops.addInPlace(dropped, residual) : Ops.add(dropped, residual);
  }

  private NDArray inner(NDArray x, Pass pass) {
    Linear fc1 = module(OptModule.FC1);
    NDArray y = fc1.forward(x, pass);
    return fc1.isHooked(pass) ? Ops.relu(y) : scripted.reluInPlace(y);
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
