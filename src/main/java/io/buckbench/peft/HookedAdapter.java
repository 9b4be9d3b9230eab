package io.buckbench.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Projection;
import io.buckbench.model.ProjectionHook;
import io.buckbench.model.Seams;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An adapter that is a hook on each of some projections, and can be merged into them.
 *
 * @param <H> what it does to one projection
 */
public abstract class HookedAdapter<H extends ProjectionHook> implements Adapter, Mergeable {
  /** Owns what the adapter makes. */
  protected final NDManager manager = Torch.newManager();

  private final CausalLM base;
  private final Map<Target, H> hooks = new LinkedHashMap<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private final MergedWeights merged = new MergedWeights();

  /**
   * @param base the model whose projections are hooked
   */
  protected HookedAdapter(CausalLM base) {
    this.base = base;
  }

  /** Adds a parameter, in PEFT's order; the adapter's manager owns its array. */
  protected final NDArray parameter(String name, NDArray array) {
    parameters.add(new Parameter(name, array));
    return array;
  }

  /** Hooks a projection. */
  protected final void hook(Target target, H hook) {
    hooks.put(target, hook);
  }

  /**
   * Writes one hook's effect into its projection.
   *
   * @param weight is told how to change the base weight, (out, in), in place
   * @param bias likewise the bias, (out)
   */
  protected abstract void mergeInto(
      H hook, Consumer<Consumer<NDArray>> weight, Consumer<Consumer<NDArray>> bias);

  @Override
  public final List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  @Override
  public final Seams seams() {
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
  public final void merge() {
    merged.expect(false);
    hooks.forEach(
        (target, hook) ->
            mergeInto(
                hook,
                change -> merged.change(base.weight(target.module() + ".weight"), change),
                change -> merged.change(base.weight(target.module() + ".bias"), change)));
  }

  @Override
  public final void unmerge() {
    merged.expect(true);
    merged.putBack();
  }

  @Override
  public final boolean merged() {
    return !merged.isEmpty();
  }

  @Override
  public final void close() {
    merged.forget();
    manager.close();
  }
}
