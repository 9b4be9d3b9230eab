package io.buckbench.peft.ia3;

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
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** IA3's vectors, hooked before or behind the target projections. */
public final class Ia3Adapter extends HookedAdapter<Ia3Adapter.Stretch> {
  private final Ia3Config config;

  private Ia3Adapter(
      Ia3Config config,
      CausalLM base,
      BiFunction<NDManager, Map.Entry<String, long[]>, NDArray> make) {
    super(base);
    this.config = config;
    Iterator<NDArray> vectors =
        config.savedShapes(base.architecture()).entrySet().stream()
            .map(e -> parameter(e.getKey(), make.apply(manager, e)))
            .iterator();
    for (LinearModule target : config.targets(base.architecture())) {
      hook(target, new Stretch(vectors.next(), config.onInput(target, base.architecture())));
    }
  }

  static Ia3Adapter initialised(Ia3Config config, CausalLM base, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Ia3Adapter(
        config,
        base,
        (manager, e) -> {
          if (!config.ones()) {
            return Init.normal(manager, random, 0, 1, e.getValue());
          }
          float[] ones = new float[Math.toIntExact(e.getValue()[0] * e.getValue()[1])];
          Arrays.fill(ones, 1);
          return Tensors.of(manager, ones, e.getValue());
        });
  }

  static Ia3Adapter restored(Ia3Config config, CausalLM base, NamedTensors saved) {
    return new Ia3Adapter(
        config, base, (manager, e) -> Tensors.of(manager, saved.floats(e.getKey()), e.getValue()));
  }

  @Override
  public Ia3Config config() {
    return config;
  }

  @Override
  protected void mergeInto(
      Stretch hook, Consumer<Consumer<NDArray>> weight, Consumer<Consumer<NDArray>> bias) {
    weight.accept(w -> Ops.mulInPlace(w, hook.vector));
    if (!hook.onInput) {
      bias.accept(b -> Ops.mulInPlace(b, Ops.reshape(hook.vector, -1)));
    }
  }

  /** One vector, (1, in) on the input or (out, 1) on the output. */
  record Stretch(NDArray vector, boolean onInput) implements ProjectionHook {
    @Override
    public NDArray input(NDArray x) {
      return onInput ? Ops.mul(x, vector) : x;
    }

    @Override
    public NDArray output(NDArray x, NDArray y, boolean training) {
      // Not in place: the vector's gradient needs y as it came.
      return onInput ? y : Ops.mul(y, Ops.reshape(vector, -1));
    }
  }
}
