package io.buckbench.model.opt;

import ai.djl.ndarray.NDArray;
import io.buckbench.model.Activation;
import io.buckbench.model.Attention;
import io.buckbench.model.Linear;
import io.buckbench.model.Norm;
import io.buckbench.model.Pass;
import io.buckbench.model.Weights;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.RowOps;
import io.buckbench.tensor.ScriptedOps;
import java.util.Arrays;
import java.util.function.Function;

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
  private final RowOps ops;
  private final Norm attentionNorm;
  private final Norm finalNorm;

  /**
   * @param norms makes a norm of a name
   */
  OptLayer(
      OptArchitecture model,
      Weights weights,
      int index,
      Attention attention,
      ScriptedOps scripted,
      RowOps ops,
      Function<String, Norm> norms,
      Precision precision) {
    this.model = model;
    this.precision = precision;
    this.attention = attention;
    this.scripted = scripted;
    this.modules =
        Arrays.stream(OptModule.values())
            .map(module -> new Linear(module.in(model, index), weights, precision))
            .toArray(Linear[]::new);
    this.ops = ops;
    attentionNorm = norms.apply(OptWeights.attentionNorm(index));
    finalNorm = norms.apply(OptWeights.finalNorm(index));
  }

  /**
   * @param hidden (batch * tokens, width)
   * @param last whether only the needed rows of the pass are computed
   * @return (batch * tokens or needed rows, width)
   */
  NDArray forward(NDArray hidden, Pass pass, boolean last) {
    boolean before = model.layerNormBefore();
    NDArray x = before ? attentionNorm.of(hidden) : hidden;
    NDArray attended = attended(x, pass, last);
    Linear outProj = module(OptModule.OUT_PROJ);
    NDArray h = outProj.addTo(pass.residual(hidden, last), attended, model.dropout(), pass);
    h = before ? h : attentionNorm.of(h);
    NDArray y = before ? finalNorm.of(h) : h;
    NDArray inner = inner(precision.operand(y), pass);
    NDArray out = module(OptModule.FC2).addTo(h, inner, model.dropout(), pass);
    return before ? out : finalNorm.of(out);
  }

  private NDArray attended(NDArray x, Pass pass, boolean last) {
    NDArray operand = precision.operand(x);
    NDArray keys = module(OptModule.K_PROJ).forward(operand, pass);
    NDArray values = module(OptModule.V_PROJ).forward(operand, pass);
    NDArray query = module(OptModule.Q_PROJ).forward(pass.asking(operand, last), pass);
    return attention.mix(query, keys, values, pass, last);
  }

  private NDArray inner(NDArray x, Pass pass) {
    Linear fc1 = module(OptModule.FC1);
    NDArray y = fc1.forward(x, pass);
    boolean inPlace = model.activation() == Activation.RELU && !fc1.isHooked(pass);
    return inPlace ? scripted.reluInPlace(y) : model.activation().of(y, ops);
  }

  private Linear module(OptModule module) {
    return modules[module.ordinal()];
  }
}
