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
 * Computes PEFT's {@code prompt_embeddings} from a trained table and, for P-tuning and prefix
 * tuning, linear layers with activations between them. PEFT saves only the result. An encoder with
 * layers that is restored from its result alone is a frozen table.
 */
@SuppressWarnings("try") // scopes and modes are used only for their close()
public final class PromptEncoder implements AutoCloseable {
  private static final String RESULT = "prompt_embeddings";
  private static final String TABLE = "prompt_encoder.embedding.weight";

  /**
   * The parts of an encoder.
   *
   * @param table the table's shape, (rows, columns)
   * @param widths output width of each linear layer; empty for a table alone
   * @param layers PEFT's name of the stack of layers
   * @param activation applied between two layers
   */
  public record Plan(
      long[] table, long[] widths, String layers, UnaryOperator<NDArray> activation) {

    /** Names and shapes of the trained parameters, in PEFT's order. */
    public Map<String, long[]> shapes() {
      Map<String, long[]> shapes = new LinkedHashMap<>();
      shapes.put(TABLE, table);
      long in = table[1];
      for (int i = 0; i < widths.length; i++) {
        DenseLayer.shapes(shapes, name(i), in, widths[i]);
        in = widths[i];
      }
      return shapes;
    }

    /** The name and shape of the result, which is all that PEFT saves. */
    public Map<String, long[]> resultShape() {
      long columns = widths.length == 0 ? table[1] : widths[widths.length - 1];
      return Map.of(RESULT, new long[] {table[0], columns});
    }

    /** PyTorch numbers activations too, so layers have even numbers. */
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
    this.table = new Parameter(TABLE, table);
    this.layers = layers;
    this.trainable = trainable;
  }

  /** A table of normal values with standard deviation 1, and layers as in {@code nn.Linear}. */
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

  /** A given table without layers. The encoder owns the manager. */
  public static PromptEncoder ofTable(Plan plan, NDManager manager, NDArray table) {
    return new PromptEncoder(plan, manager, table, List.of(), true);
  }

  /** Restores an encoder, or only its result if the encoder was not saved. */
  public static PromptEncoder restored(
      Plan plan, NamedTensors saved, Optional<NamedTensors> encoder) {
    NDManager manager = Torch.newManager();
    boolean complete = encoder.isPresent() || plan.widths().length == 0;
    NamedTensors source = encoder.orElse(saved);
    String name = encoder.isPresent() ? TABLE : RESULT;
    NDArray table = Tensors.of(manager, source.floats(name), source.info(name).shape());
    List<DenseLayer> layers =
        IntStream.range(0, encoder.isPresent() ? plan.widths().length : 0)
            .mapToObj(i -> DenseLayer.restored(manager, source, plan.name(i)))
            .toList();
    return new PromptEncoder(plan, manager, table, layers, complete);
  }

  /** Zeroes the last layer, or the table if there are no layers, so that the result is zero. */
  public void zeroLast() {
    List<Parameter> last =
        layers.isEmpty() ? List.of(table) : layers.get(layers.size() - 1).parameters();
    for (Parameter p : last) {
      try (NDArray zeros = Tensors.zeros(manager, Tensors.shape(p.array()))) {
        Tensors.copyInto(p.array(), zeros);
      }
    }
  }

  /** The trained parameters; empty if only the result was restored. */
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>();
    if (trainable) {
      all.add(table);
      layers.forEach(l -> all.addAll(l.parameters()));
    }
    return all;
  }

  /** Computes the result, which is differentiable; without layers it is the table itself. */
  public NDArray encode() {
    NDArray x = table.array();
    for (int i = 0; i < layers.size(); i++) {
      x = layers.get(i).apply(i == 0 ? x : plan.activation().apply(x));
    }
    return x;
  }

  /** A copy of the result, which is what PEFT saves. */
  public Map<String, Safetensors.Tensor> saved() {
    try (GradMode off = GradMode.off();
        Scope scope = new Scope()) {
      NDArray result = encode();
      return Map.of(RESULT, Safetensors.Tensor.of(Tensors.shape(result), Tensors.floats(result)));
    }
  }

  /** Copies of table and layers, which PEFT does not save; empty without layers. */
  public Map<String, Safetensors.Tensor> savedEncoder() {
    return layers.isEmpty() ? Map.of() : AdapterDirectory.tensors(parameters());
  }

  @Override
  public void close() {
    manager.close();
  }
}
