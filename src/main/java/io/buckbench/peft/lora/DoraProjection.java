package io.buckbench.peft.lora;

import ai.djl.ndarray.NDArray;
import io.buckbench.peft.HookedAdapter;
import io.buckbench.tensor.Ops;

/**
 * DoRA on a linear module. Without dropout the base model's product is used again; with dropout the
 * directions see the dropped input, so the product is computed for it.
 *
 * @param dora the decomposition
 * @param bias (out) the module's bias; null if it has none
 */
record DoraProjection(Dora dora, NDArray bias) implements HookedAdapter.Hook {
  @Override
  public NDArray output(NDArray x, NDArray y, boolean training) {
    LoraAdapter.LowRank path = dora.path();
    NDArray dropped = Ops.dropout(x, path.dropout(), training);
    NDArray product;
    if (dropped == x) {
      product = bias == null ? y : Ops.add(y, Ops.neg(Ops.as(bias, y.getDataType())));
    } else {
      NDArray rows = dora.transposed() ? Ops.transpose(dora.weight(), 0, 1) : dora.weight();
      product = Ops.linear(dropped, Ops.as(rows, x.getDataType()), null);
    }
    NDArray low = Ops.linear(dropped, Ops.as(path.a(), x.getDataType()), null);
    NDArray added =
        Ops.mul(Ops.linear(low, Ops.as(path.b(), x.getDataType()), null), path.scale().factor());
    NDArray factor = dora.factor();
    NDArray change =
        Ops.add(Ops.mul(product, dora.lengths().lessOne(factor)), Ops.mul(added, factor));
    return Ops.as(Ops.add(y, change), y.getDataType());
  }

  @Override
  public void mergeIntoWeight(NDArray weight) {
    dora.mergeInto(weight);
  }
}
