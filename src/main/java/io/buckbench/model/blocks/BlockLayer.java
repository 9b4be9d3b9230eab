package io.buckbench.model.blocks;

import ai.djl.ndarray.NDArray;
import io.buckbench.model.Activation;
import io.buckbench.model.Attention;
import io.buckbench.model.Linear;
import io.buckbench.model.LinearModule;
import io.buckbench.model.Norm;
import io.buckbench.model.Pass;
import io.buckbench.model.Weights;
import io.buckbench.model.blocks.Part.Use;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.RowOps;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One layer of a {@link BlockDecoder}. */
final class BlockLayer {
  private final Blueprint model;
  private final Precision precision;
  private final RowOps ops;
  private final Map<Use, Linear> linear = new EnumMap<>(Use.class);
  private final Map<Use, Norm> norm = new EnumMap<>(Use.class);
  private final QueryKeyValue projections;
  private final Attention attention;

  /**
   * @param norms makes a norm of a name
   */
  BlockLayer(
      BlockArchitecture architecture,
      Weights weights,
      int index,
      Attention attention,
      RowOps ops,
      Function<String, Norm> norms,
      Precision precision) {
    this.model = architecture.blueprint();
    this.precision = precision;
    this.ops = ops;
    this.attention = attention;
    List<LinearModule> modules =
        architecture.linearModules().stream().filter(m -> m.layer() == index).toList();
    int next = 0;
    for (Part part : model.layer()) {
      if (part.isNorm()) {
        norm.put(part.use(), norms.apply(model.names().part(index, part)));
      } else {
        linear.put(part.use(), new Linear(modules.get(next++), weights, precision));
      }
    }
    this.projections = new QueryKeyValue(model, index, linear, norm, ops);
  }

  /**
   * @param hidden (batch * tokens, hidden)
   * @param last whether only the needed rows of the pass are computed
   * @return (batch * tokens or needed rows, hidden)
   */
  NDArray forward(NDArray hidden, Pass pass, boolean last) {
    double dropout = model.dropout().residual();
    NDArray normed = norm.get(Use.ATTENTION_NORM).of(hidden);
    QueryKeyValue.Heads heads = projections.of(precision.operand(normed), pass, last);
    NDArray mixed = attention.mix(heads.query(), heads.key(), heads.value(), pass, last);
    NDArray input = pass.residual(hidden, last);
    NDArray residual = residual(input, normed, pass, last);
    NDArray attended = linear.get(Use.OUTPUT).addTo(residual, mixed, dropout, pass);
    NDArray inner = norm.get(Use.FEED_FORWARD_NORM).of(model.block().parallel() ? input : attended);
    NDArray sum = model.block().residualOfNorm() ? inner : attended;
    return linear.get(Use.DOWN).addTo(sum, inside(precision.operand(inner), pass), dropout, pass);
  }

  private NDArray residual(NDArray input, NDArray normed, Pass pass, boolean last) {
    return model.block().residualOfNorm() ? pass.residual(normed, last) : input;
  }

  /** The inner activations of the feed-forward block, (rows, feed-forward width). */
  private NDArray inside(NDArray x, Pass pass) {
    NDArray up = linear.get(Use.UP).forward(x, pass);
    Linear gate = linear.get(Use.GATE);
    Activation activation = model.block().activation();
    return gate == null
        ? activation.of(up, ops)
        : Ops.mul(activation.of(gate.forward(x, pass), ops), up);
  }
}
