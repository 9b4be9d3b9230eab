package io.buckbench.peft.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.model.CausalLM;
import io.buckbench.model.LinearModule;
import io.buckbench.model.ProjectionHook;
import io.buckbench.peft.HookedAdapter;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Tensors;
import java.util.Iterator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** LoRA's matrices, hooked behind the target projections. */
public final class LoraAdapter extends HookedAdapter<LoraAdapter.LowRank> {
  private final LoraConfig config;
  private final NDArray scaling;

  /** Makes A and B of each target by name and shape, in that order. */
  private LoraAdapter(
      LoraConfig config,
      CausalLM base,
      BiFunction<NDManager, Map.Entry<String, long[]>, NDArray> make) {
    super(base);
    this.config = config;
    this.scaling = Tensors.scalar(manager, (float) config.scaling());
    Iterator<NDArray> arrays =
        config.savedShapes(base.architecture()).entrySet().stream()
            .map(e -> parameter(e.getKey(), make.apply(manager, e)))
            .iterator();
    for (LinearModule target : config.targets(base.architecture())) {
      hook(target, new LowRank(arrays.next(), arrays.next()));
    }
  }

  static LoraAdapter initialised(LoraConfig config, CausalLM base, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new LoraAdapter(
        config,
        base,
        (manager, e) -> {
          long rows = e.getValue()[0];
          long columns = e.getValue()[1];
          if (config.init() == LoraConfig.Init.LINEAR) {
            return Init.kaimingUniform(manager, random, rows, columns);
          }
          if (e.getKey().endsWith("lora_B.weight")) {
            return Tensors.zeros(manager, rows, columns);
          }
          return config.init() == LoraConfig.Init.GAUSSIAN
              ? Init.normal(manager, random, 0, 1.0 / config.rank(), rows, columns)
              : Init.kaimingUniform(manager, random, rows, columns);
        });
  }

  static LoraAdapter restored(LoraConfig config, CausalLM base, NamedTensors saved) {
    return new LoraAdapter(
        config, base, (manager, e) -> Tensors.of(manager, saved.floats(e.getKey()), e.getValue()));
  }

  @Override
  public LoraConfig config() {
    return config;
  }

  @Override
  protected void mergeInto(
      LowRank hook, Consumer<Consumer<NDArray>> weight, Consumer<Consumer<NDArray>> bias) {
    weight.accept(w -> Ops.addInPlace(w, Ops.mul(Ops.matmul(hook.b, hook.a), scaling)));
  }

  /** The way round one projection: A (r, in), then B (out, r). */
  final class LowRank implements ProjectionHook {
    private final NDArray a;
    private final NDArray b;

    private LowRank(NDArray a, NDArray b) {
      this.a = a;
      this.b = b;
    }

    @Override
    public NDArray output(NDArray x, NDArray y, boolean training) {
      NDArray low = Ops.linear(Ops.dropout(x, config.dropout(), training), a, null);
      // Scaled where it is r wide; PEFT scales the out-wide product.
      return Ops.addInPlace(y, Ops.linear(Ops.mulInPlace(low, scaling), b, null));
    }
  }
}
