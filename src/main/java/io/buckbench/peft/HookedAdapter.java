package io.buckbench.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Decoder;
import io.buckbench.model.EmbeddingHook;
import io.buckbench.model.LinearModule;
import io.buckbench.model.ProjectionHook;
import io.buckbench.model.Seams;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An adapter that consists of hooks on modules and of trained copies of weights, and can be merged
 * into the base model.
 */
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

  /** A hook on the token embedding that can be written into its table. */
  public interface TableHook extends EmbeddingHook {
    /** Changes the table, (vocabulary, width), in place. */
    void mergeIntoTable(NDArray table);
  }

  /** Creates the arrays of an adapter's tensors. */
  @FunctionalInterface
  public interface Values {
    /** Creates one array, owned by the manager. */
    NDArray create(NDManager manager, AdapterTensor tensor);

    /** Values that were saved. */
    static Values of(NamedTensors saved) {
      return (manager, tensor) -> Tensors.of(manager, saved.floats(tensor.saved()), tensor.shape());
    }

    /** Initial values: copies of base weights, and others for the rest. */
    static Values initial(CausalLM base, Values others) {
      return (manager, tensor) -> {
        if (tensor.replaces().isEmpty()) {
          return others.create(manager, tensor);
        }
        String weight = base.architecture().holder(tensor.replaces().get());
        NDArray copy = Tensors.widened(base.weight(weight));
        copy.attach(manager);
        return copy;
      };
    }
  }

  /** Owns the adapter's arrays. */
  protected final NDManager manager = Torch.newManager();

  private final HookedConfig config;
  private final CausalLM base;
  private final List<LinearModule> modules;
  private final Map<AdapterTensor, NDArray> arrays = new LinkedHashMap<>();
  private final Map<String, NDArray> replaced = new LinkedHashMap<>();
  private final Optional<Decoder> decoder;

  /** By the module's index; null for modules that are not hooked. */
  private final Hook[] hooks;

  private Optional<TableHook> table = Optional.empty();
  private MergedModel merged;

  /**
   * Creates the tensors of {@link HookedConfig#tensors}; subclasses add the hooks.
   *
   * @param base the model whose modules are changed
   */
  protected HookedAdapter(HookedConfig config, CausalLM base, Values values) {
    this.config = config;
    this.base = base;
    Architecture model = base.architecture();
    this.modules = new ArrayList<>(model.linearModules());
    modules.add(model.headModule());
    this.hooks = new Hook[modules.size()];
    for (AdapterTensor tensor : config.tensors(model)) {
      NDArray array = values.create(manager, tensor);
      arrays.put(tensor, array);
      tensor.replaces().ifPresent(weight -> replaced.put(weight, array));
    }
    this.decoder =
        replaced.isEmpty() ? Optional.empty() : Optional.of(base.decoder(replaced, manager));
  }

  /** The array of a tensor by its saved name. */
  protected final NDArray array(String saved) {
    return arrays.entrySet().stream()
        .filter(entry -> entry.getKey().saved().equals(saved))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no tensor " + saved));
  }

  /** A weight as the adapted model has it before its hooks: trained, or the base model's. */
  protected final NDArray weight(String name) {
    NDArray own = replaced.get(name);
    return own == null ? base.weight(base.architecture().holder(name)) : own;
  }

  /** Hooks a linear module. */
  protected final void hook(LinearModule module, Hook hook) {
    hooks[module.index()] = hook;
  }

  /** Hooks the token embedding. */
  protected final void hook(TableHook hook) {
    table = Optional.of(hook);
  }

  @Override
  public final MethodConfig config() {
    return config;
  }

  @Override
  public final List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    arrays.forEach(
        (tensor, array) -> {
          if (tensor.trained()) {
            parameters.add(new Parameter(tensor.name(), array));
          }
        });
    return parameters;
  }

  @Override
  public final Map<String, Safetensors.Tensor> saved() {
    List<Parameter> all = new ArrayList<>();
    arrays.forEach((tensor, array) -> all.add(new Parameter(tensor.saved(), array)));
    return AdapterDirectory.tensors(all);
  }

  @Override
  public final Seams seams() {
    return new Seams() {
      @Override
      public Optional<ProjectionHook> hook(int module) {
        return merged == null ? Optional.ofNullable(hooks[module]) : Optional.empty();
      }

      @Override
      public Optional<EmbeddingHook> embedding() {
        return merged == null ? table.map(hook -> hook) : Optional.empty();
      }

      @Override
      public Optional<Decoder> decoder() {
        return merged == null ? decoder : merged.decoder();
      }
    };
  }

  @Override
  public final void merge() {
    if (merged != null) {
      throw new IllegalStateException("the adapter is merged already");
    }
    MergedModel merging = new MergedModel(base);
    replaced.forEach((weight, array) -> merging.change(weight, w -> Tensors.copyInto(w, array)));
    table.ifPresent(
        hook -> merging.change(base.architecture().tokenEmbedding(), hook::mergeIntoTable));
    for (LinearModule module : modules) {
      Hook hook = hooks[module.index()];
      if (hook != null) {
        merging.change(
            module.weight(),
            w -> hook.mergeIntoWeight(module.transposed() ? Ops.transpose(w, 0, 1) : w));
        if (module.bias() && hook.changesBias()) {
          merging.change(module.biasName(), hook::mergeIntoBias);
        }
      }
    }
    merged = merging;
  }

  @Override
  public final void unmerge() {
    if (merged == null) {
      throw new IllegalStateException("the adapter is not merged");
    }
    merged.undo();
    merged = null;
  }

  @Override
  public final void close() {
    if (merged != null) {
      merged.keep();
    }
    manager.close();
  }
}
