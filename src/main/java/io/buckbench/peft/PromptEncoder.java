package io.buckbench.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.tensor.GradMode;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A trained table, with linear layers and an activation between them where there are any: what
 * P-tuning and prefix tuning make their {@code prompt_embeddings} from. Without its layers' values,
 * as PEFT saves it, only the resulting table is left, and that is frozen.
 */
@SuppressWarnings("try") // scopes and modes are opened for what their closing does
public final class PromptEncoder implements AutoCloseable {
  private static final String RESULT = "prompt_embeddings";

  /**
   * What an encoder is made of.
   *
   * @param table (rows, columns) of the table
   * @param widths of each linear layer's output; empty for a table alone
   * @param layers the name PEFT gives the stack of layers
   * @param activation between two layers
   */
  public record Plan(
      long[] table, long[] widths, String layers, UnaryOperator<NDArray> activation) {

    /** Names and shapes of all that is trained, in PEFT's order. */
    public Map<String, long[]> shapes() {
      Map<String, long[]> shapes = new LinkedHashMap<>();
      shapes.put("prompt_encoder.embedding.weight", table);
      long in = table[1];
      for (int i = 0; i < widths.length; i++) {
        DenseLayer.shapes(shapes, name(i), in, widths[i]);
        in = widths[i];
      }
      return shapes;
    }

    /** The resulting table's shape, under the one name PEFT saves. */
    public Map<String, long[]> resultShape() {
      long columns = widths.length == 0 ? table[1] : widths[widths.length - 1];
      return Map.of(RESULT, new long[] {table[0], columns});
    }

    /** Activations count as modules in PyTorch's numbering, so layers have even numbers. */
    private String name(int layer) {
      return "prompt_encoder." + layers + "." + 2 * layer;
    }
  }

  private final Plan plan;
  private final NDManager manager;
  private final Parameter table;
  private final List<DenseLayer> layers;
  private final boolean trainable;

  private PromptEncoder(
      Plan plan, NDManager manager, NDArray table, List<DenseLayer> layers, boolean trainable) {
    this.plan = plan;
    this.manager = manager;
    this.table = new Parameter("prompt_encoder.embedding.weight", table);
    this.layers = layers;
    this.trainable = trainable;
  }

  /** Table normal with deviation 1, layers as {@code nn.Linear} starts. */
  public static PromptEncoder initialised(Plan plan, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    NDManager manager = Torch.newManager();
    NDArray table = Init.normal(manager, random, 0, 1, plan.table());
    List<DenseLayer> layers = new ArrayList<>();
    long in = plan.table()[1];
    for (int i = 0; i < plan.widths().length; i++) {
      layers.add(DenseLayer.initialised(manager, random, plan.name(i), in, plan.widths()[i]));
      in = plan.widths()[i];
    }
    return new PromptEncoder(plan, manager, table, layers, true);
  }

  /** A table without layers, from values of its own; the encoder owns the manager. */
  public static PromptEncoder ofTable(Plan plan, NDManager manager, NDArray table) {
    return new PromptEncoder(plan, manager, table, List.of(), true);
  }

  /** From PEFT's table and, where it was saved beside, the encoder that made it. */
  public static PromptEncoder restored(
      Plan plan, NamedTensors saved, Optional<NamedTensors> encoder) {
    NDManager manager = Torch.newManager();
    boolean whole = encoder.isPresent() || plan.widths().length == 0;
    NamedTensors source = encoder.orElse(saved);
    String name = encoder.isPresent() ? "prompt_encoder.embedding.weight" : RESULT;
    NDArray table = Tensors.of(manager, source.floats(name), source.info(name).shape());
    List<DenseLayer> layers =
        encoder
            .map(
                e ->
                    IntStream.range(0, plan.widths().length)
                        .mapToObj(i -> DenseLayer.restored(manager, e, plan.name(i)))
                        .toList())
            .orElse(List.of());
    return new PromptEncoder(plan, manager, table, layers, whole);
  }

  /** Zeroes the last layer, or the table where there is none: the result starts at zero. */
  public void zeroLast() {
    List<Parameter> last =
        layers.isEmpty() ? List.of(table) : layers.get(layers.size() - 1).parameters();
    for (Parameter p : last) {
      try (NDArray zeros = Tensors.zeros(manager, Tensors.shape(p.array()))) {
        Tensors.copyInto(p.array(), zeros);
      }
    }
  }

  /** All that is trained; empty where only the result was saved. */
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>();
    if (trainable) {
      all.add(table);
      layers.forEach(l -> all.addAll(l.parameters()));
    }
    return all;
  }

  /** The resulting table, differentiable; made anew at each call where there are layers. */
  public NDArray encode() {
    NDArray x = table.array();
    for (int i = 0; i < layers.size(); i++) {
      x = layers.get(i).apply(i == 0 ? x : plan.activation().apply(x));
    }
    return x;
  }

  /** The resulting table as PEFT saves it. */
  public Map<String, Safetensors.Tensor> saved() {
    try (GradMode off = GradMode.off();
        Scope scope = new Scope()) {
      NDArray result = encode();
      return Map.of(RESULT, Safetensors.Tensor.of(Tensors.shape(result), Tensors.floats(result)));
    }
  }

  /** What PEFT does not save: table and layers, where there are layers. */
  public Map<String, Safetensors.Tensor> savedEncoder() {
    return layers.isEmpty() ? Map.of() : AdapterDirectory.tensors(parameters());
  }

  @Override
  public void close() {
    manager.close();
  }
}
