package io.buckbench.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.model.CausalLM;
import io.buckbench.model.LinearModule;
import io.buckbench.model.ProjectionHook;
import io.buckbench.model.Seams;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Torch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An adapter that is a hook on each of some linear modules, and can be merged into them.
 *
 * @param <H> what it does to one module
 */
public abstract class HookedAdapter<H extends ProjectionHook> implements Adapter, Mergeable {
  /** Owns what the adapter makes. */
  protected final NDManager manager = Torch.newManager();

  private final CausalLM base;
  private final List<LinearModule> modules;

  /** By the module's index; empty where nothing is hooked. */
  private final List<Optional<H>> hooks;

  private final List<Parameter> parameters = new ArrayList<>();
  private final MergedWeights merged = new MergedWeights();

  /**
   * @param base the model whose modules are hooked
   */
  protected HookedAdapter(CausalLM base) {
    this.base = base;
    this.modules = base.architecture().linearModules();
    this.hooks = new ArrayList<>(Collections.nCopies(modules.size(), Optional.empty()));
  }

  /** Adds a parameter, in PEFT's order; the adapter's manager owns its array. */
  protected final NDArray parameter(String name, NDArray array) {
    parameters.add(new Parameter(name, array));
    return array;
  }

  /** Hooks a module. */
  protected final void hook(LinearModule module, H hook) {
    hooks.set(module.index(), Optional.of(hook));
  }

  /**
   * Writes one hook's effect into its module.
   *
   * @param weight takes the change of the base weight, which is made in place on (out, in)
   * @param bias takes the change of the bias, made in place on (out); ignored where there is none
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
      public Optional<ProjectionHook> hook(int module) {
        return merged() ? Optional.empty() : hooks.get(module).map(hook -> hook);
      }
    };
  }

  @Override
  public final void merge() {
    merged.expect(false);
    for (LinearModule module : modules) {
      hooks
          .get(module.index())
          .ifPresent(
              hook ->
                  mergeInto(
                      hook,
                      change -> change(module, change),
                      change -> {
                        if (module.bias()) {
                          merged.change(base.weight(module.biasName()), change);
                        }
                      }));
    }
  }

  private void change(LinearModule module, Consumer<NDArray> change) {
    merged.change(
        base.weight(module.weight()),
        w -> change.accept(module.transposed() ? Ops.transpose(w, 0, 1) : w));
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
