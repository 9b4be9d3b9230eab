package io.buckbench.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.model.CausalLM;
import io.buckbench.model.LinearModule;
import io.buckbench.model.ProjectionHook;
import io.buckbench.model.Seams;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.List;
import java.util.Optional;

/** An adapter that consists of hooks on linear modules, and can be merged into them. */
public abstract class HookedAdapter implements Adapter, Mergeable {
  /** A hook on one module whose effect can be written into the module's weights. */
  public interface Hook extends ProjectionHook {
    /** Changes the module's weight, (out, in), in place. */
    void mergeIntoWeight(NDArray weight);

    /** Whether merging changes the module's bias too. */
    default boolean changesBias() {
      return false;
    }

    /** Changes the module's bias, (out), in place. */
    default void mergeIntoBias(NDArray bias) {}
  }

  /** Creates the arrays of an adapter's parameters. */
  @FunctionalInterface
  public interface Values {
    /** Creates one array, owned by the manager. */
    NDArray create(NDManager manager, String name, long[] shape);

    /** Values that were saved. */
    static Values of(NamedTensors saved) {
      return (manager, name, shape) -> Tensors.of(manager, saved.floats(name), shape);
    }
  }

  /** Owns the adapter's arrays. */
  protected final NDManager manager = Torch.newManager();

  private final MethodConfig config;
  private final CausalLM base;
  private final List<LinearModule> modules;
  private final List<Parameter> parameters;
  private final MergedWeights merged = new MergedWeights();

  /** By the module's index; null for modules that are not hooked. */
  private final Hook[] hooks;

  /**
   * Creates the parameters of {@link MethodConfig#savedShapes}; subclasses add the hooks.
   *
   * @param base the model whose modules are hooked
   */
  protected HookedAdapter(MethodConfig config, CausalLM base, Values values) {
    this.config = config;
    this.base = base;
    this.modules = base.architecture().linearModules();
    this.hooks = new Hook[modules.size()];
    this.parameters =
        config.savedShapes(base.architecture()).entrySet().stream()
            .map(e -> new Parameter(e.getKey(), values.create(manager, e.getKey(), e.getValue())))
            .toList();
  }

  /** Hooks a module. */
  protected final void hook(LinearModule module, Hook hook) {
    hooks[module.index()] = hook;
  }

  @Override
  public final MethodConfig config() {
    return config;
  }

  @Override
  public final List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public final Seams seams() {
    return new Seams() {
      @Override
      public Optional<ProjectionHook> hook(int module) {
        return merged.isEmpty() ? Optional.ofNullable(hooks[module]) : Optional.empty();
      }
    };
  }

  @Override
  public final void merge() {
    merged.expect(false);
    for (LinearModule module : modules) {
      Hook hook = hooks[module.index()];
      if (hook != null) {
        merged.change(
            base.weight(module.weight()),
            w -> hook.mergeIntoWeight(module.transposed() ? Ops.transpose(w, 0, 1) : w));
        if (module.bias() && hook.changesBias()) {
          merged.change(base.weight(module.biasName()), hook::mergeIntoBias);
        }
      }
    }
  }

  @Override
  public final void unmerge() {
    merged.expect(true);
    merged.putBack();
  }

  @Override
  public final void close() {
    merged.forget();
    manager.close();
  }
}
