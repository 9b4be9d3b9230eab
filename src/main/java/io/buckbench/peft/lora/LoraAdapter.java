package io.buckbench.peft.lora;

import ai.djl.ndarray.NDArray;
import io.buckbench.model.CausalLM;
import io.buckbench.model.LinearModule;
import io.buckbench.peft.HookedAdapter;
import io.buckbench.tensor.AddedProduct;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import java.util.Iterator;
import java.util.SplittableRandom;

/** LoRA's matrices A and B for each target module. */
final class LoraAdapter extends HookedAdapter {
  LoraAdapter(LoraConfig config, CausalLM base, Values values) {
    super(config, base, values);
    NDArray scaling = Tensors.scalar(manager, (float) config.scaling());
    AddedProduct scaled = new AddedProduct(manager, config.scaling());
    Iterator<Parameter> matrices = parameters().iterator();
    for (LinearModule target : config.targets(base.architecture())) {
      NDArray a = matrices.next().array();
      hook(target, new LowRank(a, matrices.next().array(), scaling, scaled, config.dropout()));
    }
  }

  /** Initial values for a seed. */
  static Values initial(LoraConfig config, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return (manager, name, shape) -> {
      if (config.init() != LoraConfig.Init.LINEAR && name.endsWith("lora_B.weight")) {
        return Tensors.zeros(manager, shape);
      }
      return config.init() == LoraConfig.Init.GAUSSIAN
          ? Init.normal(manager, random, 0, 1.0 / config.rank(), shape)
          : Init.kaimingUniform(manager, random, shape[0], shape[1]);
    };
  }

  /** The low-rank path of one module: A (r, in), then B (out, r). */
  private record LowRank(NDArray a, NDArray b, NDArray scaling, AddedProduct scaled, double dropout)
      implements Hook {
    @Override
    public NDArray output(NDArray x, NDArray y, boolean training) {
      NDArray dropped = Ops.dropout(x, dropout, training);
      NDArray low = Ops.linear(dropped, Ops.as(a, x.getDataType()), null);
      return scaled.to(y, low, Ops.as(b, x.getDataType()));
    }

    @Override
    public void mergeIntoWeight(NDArray weight) {
      Ops.addInPlace(weight, Ops.mul(Ops.matmul(b, a), scaling));
    }
  }
}
