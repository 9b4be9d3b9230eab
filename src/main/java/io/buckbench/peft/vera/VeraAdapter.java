package io.buckbench.peft.vera;

import ai.djl.ndarray.NDArray;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.LinearModule;
import io.buckbench.peft.HookedAdapter;
import io.buckbench.peft.ModelModule;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** VeRA's vectors for each target module, and the two frozen matrices that all of them share. */
final class VeraAdapter extends HookedAdapter {
  VeraAdapter(VeraConfig config, CausalLM base, Values values) {
    super(config, base, values);
    List<ModelModule> targets = config.targets(base.architecture());
    NDArray a;
    NDArray b;
    if (config.saveProjection()) {
      a = array(VeraConfig.A);
      b = array(VeraConfig.B);
    } else {
      Projections drawn = Projections.of(config, base.architecture());
      a = Tensors.of(manager, drawn.a(), config.rank(), drawn.in());
      b = Tensors.of(manager, drawn.b(), drawn.out(), config.rank());
    }
    for (ModelModule target : targets) {
      LinearModule module = target.linear().orElseThrow();
      hook(
          module,
          new Scaled(
              Ops.slice(a, 1, 0, module.in()),
              Ops.slice(b, 0, 0, module.out()),
              array(VeraConfig.d(target)),
              array(VeraConfig.b(target)),
              config.dropout()));
    }
  }

  /** Initial values; the frozen matrices depend on the settings' key only. */
  static Values drawn(VeraConfig config, CausalLM base, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Architecture model = base.architecture();
    return (manager, tensor) -> {
      long[] shape = tensor.shape();
      if (tensor.saved().equals(VeraConfig.A)) {
        return Tensors.of(manager, Projections.of(config, model).a(), shape);
      }
      if (tensor.saved().equals(VeraConfig.B)) {
        return Tensors.of(manager, Projections.of(config, model).b(), shape);
      }
      boolean isD = tensor.saved().endsWith("_d");
      if (isD && !config.initialised()) {
        return Init.normal(manager, random, 0, 1, shape);
      }
      float[] values = new float[Math.toIntExact(shape[0])];
      float ofB = config.initialised() ? 0 : 1;
      Arrays.fill(values, isD ? (float) config.start() : ofB);
      return Tensors.of(manager, values, shape);
    };
  }

  /**
   * One module's path: A (r, in) and B (out, r) are frozen, d (r) and b (out) trained.
   *
   * @param dropout on the input of A
   */
  private record Scaled(NDArray a, NDArray b, NDArray lambdaD, NDArray lambdaB, double dropout)
      implements Hook {
    @Override
    public NDArray output(NDArray x, NDArray y, boolean training) {
      var type = x.getDataType();
      NDArray dropped = Ops.dropout(x, dropout, training);
      // In mixed precision the vectors and their products stay float32.
      NDArray low = Ops.mul(Ops.linear(dropped, Ops.as(a, type), null), lambdaD);
      NDArray high = Ops.mul(Ops.linear(Ops.as(low, type), Ops.as(b, type), null), lambdaB);
      return Ops.as(Ops.add(y, high), type);
    }

    @Override
    public void mergeIntoWeight(NDArray weight) {
      NDArray high = Ops.mul(b, Ops.reshape(lambdaB, -1, 1));
      Ops.addInPlace(weight, Ops.matmul(high, Ops.mul(a, Ops.reshape(lambdaD, -1, 1))));
    }
  }
}
