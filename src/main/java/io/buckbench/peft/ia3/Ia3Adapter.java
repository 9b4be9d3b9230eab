package io.buckbench.peft.ia3;

import ai.djl.ndarray.NDArray;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.HookedAdapter;
import io.buckbench.peft.ModelModule;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;

/** IA3's vectors, one for the input or the output of each target module. */
final class Ia3Adapter extends HookedAdapter {
  Ia3Adapter(Ia3Config config, CausalLM base, Values values) {
    super(config, base, values);
    for (ModelModule target : config.targets(base.architecture())) {
      boolean onInput = config.onInput(target, base.architecture());
      hook(target.linear().orElseThrow(), new Scaling(array(Ia3Config.name(target)), onInput));
    }
  }

  /** Initial vectors for a seed. */
  static Values drawn(Ia3Config config, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return (manager, tensor) -> {
      long[] shape = tensor.shape();
      if (!config.ones()) {
        return Init.normal(manager, random, 0, 1, shape);
      }
      float[] ones = new float[Math.toIntExact(shape[0] * shape[1])];
      Arrays.fill(ones, 1);
      return Tensors.of(manager, ones, shape);
    };
  }

  /** One vector, (1, in) on the input or (out, 1) on the output. */
  private record Scaling(NDArray vector, boolean onInput) implements Hook {
    @Override
    public NDArray input(NDArray x) {
      return onInput ? Ops.mul(x, vector) : x;
    }

    @Override
    public NDArray output(NDArray x, NDArray y, boolean training) {
      // Not in place: the vector's gradient needs the unscaled y.
      return onInput ? y : Ops.mul(y, Ops.reshape(vector, -1));
    }

    @Override
    public void mergeIntoWeight(NDArray weight) {
      Ops.mulInPlace(weight, vector);
    }

    @Override
    public boolean changesBias() {
      return !onInput;
    }

    @Override
    public void mergeIntoBias(NDArray bias) {
      Ops.mulInPlace(bias, Ops.reshape(vector, -1));
    }
  }
}
