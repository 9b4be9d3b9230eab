package io.buckbench.peft.lora;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** LoRA's matrices, hooked behind the target projections. */
public final class LoraAdapter implements Adapter, Mergeable {
  private final LoraConfig config;
  private final CausalLM base;
  private final NDManager manager = Torch.newManager();
  private final NDArray scaling;
  private final Map<Target, LowRank> hooks = new LinkedHashMap<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private final MergedWeights merged = new MergedWeights();

  /** Makes A and B of each target by name and shape, in that order. */
  private LoraAdapter(
      LoraConfig config,
      CausalLM base,
      BiFunction<NDManager, Map.Entry<String, long[]>, NDArray> make) {
    this.config = config;
    this.base = base;
    this.scaling = Tensors.scalar(manager, (float) config.scaling());
    for (Map.Entry<String, long[]> e : config.savedShapes(base.config()).entrySet()) {
      parameters.add(new Parameter(e.getKey(), make.apply(manager, e)));
    }
    int next = 0;
    for (Target target : config.targetModules().in(base.config())) {
      NDArray a = parameters.get(next++).array();
      NDArray b = parameters.get(next++).array();
      hooks.put(target, new LowRank(a, b));
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
        (target, hook) ->
            merged.change(
                base.weight(target.module() + ".weight"),
                w -> Ops.addInPlace(w, Ops.mul(Ops.matmul(hook.b, hook.a), scaling))));
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

  /** The way round one projection: A (r, in), then B (out, r). */
  private final class LowRank implements ProjectionHook {
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
