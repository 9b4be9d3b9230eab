package io.buckbench.peft.lora;

import ai.djl.ndarray.NDArray;
import io.buckbench.peft.HookedAdapter;
import io.buckbench.tensor.Ops;
import java.util.function.UnaryOperator;

/**
 * DoRA on the token embedding, whose columns have trained lengths.
 *
 * @param dora the decomposition of the transposed table
 */
record DoraTable(Dora dora) implements HookedAdapter.TableHook {
  @Override
  public NDArray output(NDArray words, UnaryOperator<NDArray> lookUp) {
    LoraAdapter.LowRank path = dora.path();
    NDArray low = lookUp.apply(Ops.transpose(path.a(), 0, 1));
    NDArray added = Ops.mul(Ops.linear(low, path.b(), null), path.scale().factor());
    return Ops.mul(Ops.add(words, added), dora.factor());
  }

  @Override
  public void mergeIntoTable(NDArray table) {
    dora.mergeInto(Ops.transpose(table, 0, 1));
  }
}
