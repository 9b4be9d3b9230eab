package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;

/** A linear module with its weights, to which it applies an adapter's hook. */
public final class Linear {
  private final LinearModule module;
  private final NDArray weight;
  private final NDArray bias;
  private final Precision precision;

  /**
   * @param module describes the module
   * @param weights hold its weight and its bias, if it has one
   */
  public Linear(LinearModule module, Weights weights, Precision precision) {
    this(
        module,
        weights.get(module.weight()),
        module.bias() ? weights.get(module.biasName()) : null,
        precision);
  }

  Linear(LinearModule module, NDArray weight, NDArray bias, Precision precision) {
    this.module = module;
    this.weight = weight;
    this.bias = bias;
    this.precision = precision;
  }

  /**
   * The module's output, with the hook's effect if it is hooked.
   *
   * @param x (rows, in)
   * @return (rows, out)
   */
  public NDArray forward(NDArray x, Pass pass) {
    return forward(x, pass.seams(), pass.training());
  }

  NDArray forward(NDArray x, Seams seams, boolean training) {
    ProjectionHook hook = seams.hook(module.index()).orElse(null);
    if (hook == null) {
      return product(x);
    }
    NDArray operand = precision.operand(x);
    return hook.output(operand, product(hook.input(operand)), training);
  }

  /**
   * residual + dropout(module(x)), as the end of a residual block.
   *
   * @param residual (rows, out) float32
   * @param x (rows, in)
   */
  public NDArray addTo(NDArray residual, NDArray x, double dropout, Pass pass) {
    NDArray y = forward(x, pass);
    NDArray dropped = Ops.dropout(y, dropout, pass.training());
    // In float16 the sum would lose the residual's precision.
    boolean inPlace = precision == Precision.FLOAT32 && (dropped != y || !isHooked(pass));
    return inPlace ? Ops.addInPlace(dropped, residual) : Ops.add(dropped, residual);
  }

  private NDArray product(NDArray x) {
    return precision.linear(x, module.transposed() ? Ops.transpose(weight, 0, 1) : weight, bias);
  }

  /** Whether a hook acts on it in this pass; a hook may keep the array that it returns. */
  public boolean isHooked(Pass pass) {
    return pass.seams().hook(module.index()).isPresent();
  }
}
