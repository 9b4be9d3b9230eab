package io.buckbench.peft.ia3;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Projection;
import io.buckbench.model.ProjectionHook;
import io.buckbench.model.Seams;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.Mergeable;
import io.buckbench.peft.MergedWeights;
import io.buckbench.peft.Target;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** IA3's vectors, hooked before or behind the target projections. */
public final class Ia3Adapter implements Adapter, Mergeable {
  private final Ia3Config config;
  private final CausalLM base;
  private final NDManager manager = Torch.newManager();
  private final Map<Target, Stretch> hooks = new LinkedHashMap<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private final MergedWeights merged = new MergedWeights();

  private Ia3Adapter(
      Ia3Config config,
      CausalLM base,
      BiFunction<NDManager, Map.Entry<String, long[]>, NDArray> make) {
    this.config = config;
    this.base = base;
    for (Map.Entry<String, long[]> e : config.savedShapes(base.config()).entrySet()) {
      parameters.add(new Parameter(e.getKey(), make.apply(manager, e)));
    }
    int next = 0;
    for (Target target : config.targetModules().in(base.config())) {
      hooks.put(target, new Stretch(parameters.get(next++).array(), config.onInput(target)));
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
  public List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  @Override
  public Seams seams() {
    return new Seams() {
      @Override
      public Optional<ProjectionHook> hook(int layer, Projection projection) {
        return merged()
            ? Optional.empty()
            : Optional.ofNullable(hooks.get(new Target(layer, projection)));
      }
    };
  }

  @Override
  public void merge() {
    merged.expect(false);
    hooks.forEach(
        (target, hook) -> {
          merged.change(
              base.weight(target.module() + ".weight"), w -> Ops.mulInPlace(w, hook.vector));
          if (!hook.onInput) {
            merged.change(
                base.weight(target.module() + ".bias"),
                b -> Ops.mulInPlace(b, Ops.reshape(hook.vector, -1)));
          }
        });
  }

  @Override
  public void unmerge() {
    merged.expect(true);
    merged.putBack();
  }

  @Override
  public boolean merged() {
    return !merged.isEmpty();
  }

  @Override
  public void close() {
    merged.forget();
    manager.close();
  }

  /** One vector, (1, in) on the input or (out, 1) on the output. */
  private record Stretch(NDArray vector, boolean onInput) implements ProjectionHook {
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
