package io.buckbench.model.blocks;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.data.TokenizerClass;
import io.buckbench.model.Activation;
import io.buckbench.model.Architecture;
import io.buckbench.model.Decoder;
import io.buckbench.model.Families;
import io.buckbench.model.LinearModule;
import io.buckbench.model.Shape;
import io.buckbench.model.WeightSpec;
import io.buckbench.model.WeightSpec.Start;
import io.buckbench.model.Weights;
import io.buckbench.model.blocks.Part.Use;
import io.buckbench.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model of a {@link Blueprint}.
 *
 * @param blueprint describes it
 * @param config its {@code config.json} without the element type
 * @param tokenizerClass the class of its tokenizer
 */
public record BlockArchitecture(
    Blueprint blueprint, ObjectNode config, TokenizerClass.OfFamily tokenizerClass)
    implements Architecture {
  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";

  @Override
  public Shape shape() {
    return blueprint.shape();
  }

  @Override
  public List<LinearModule> linearModules() {
    List<LinearModule> all = new ArrayList<>();
    for (int layer = 0; layer < shape().layers(); layer++) {
      for (Part part : blueprint.layer()) {
        if (!part.isNorm()) {
          all.add(
              new LinearModule(
                  all.size(),
                  blueprint.names().part(layer, part),
                  part.use().role(),
                  layer,
                  in(part.use()),
                  out(part.use()),
                  blueprint.block().transposed(),
                  part.bias()));
        }
      }
    }
    return all;
  }

  private int in(Use use) {
    return switch (use) {
      case OUTPUT -> shape().heads() * shape().headSize();
      case DOWN -> shape().feedForward();
      default -> shape().hidden();
    };
  }

  private int out(Use use) {
    int queries = shape().heads() * shape().headSize();
    return switch (use) {
      case QUERY -> queries;
      case KEY, VALUE -> shape().keyValueWidth();
      case FUSED -> queries + 2 * shape().keyValueWidth();
      case GATE, UP -> shape().feedForward();
      default -> shape().hidden();
    };
  }

  @Override
  public List<WeightSpec> weights() {
    Blueprint.Names names = blueprint.names();
    int hidden = shape().hidden();
    long[] table = {shape().vocabulary(), hidden};
    List<WeightSpec> all = new ArrayList<>();
    all.add(
        new WeightSpec(
            names.embedding(),
            table,
            paddingIndex() < 0 ? Start.NORMAL : Start.NORMAL_WITHOUT_PAD));
    if (blueprint.positions() instanceof Positions.Learned learned) {
      all.add(
          new WeightSpec(learned.table(), new long[] {shape().positions(), hidden}, Start.NORMAL));
    }
    if (!names.embeddingNorm().isEmpty()) {
      norm(all, names.embeddingNorm(), hidden, true);
    }
    int module = 0;
    List<LinearModule> modules = linearModules();
    for (int layer = 0; layer < shape().layers(); layer++) {
      for (Part part : blueprint.layer()) {
        if (part.isNorm()) {
          boolean ofHead = part.use() == Use.QUERY_NORM || part.use() == Use.KEY_NORM;
          int width = ofHead ? shape().headSize() : hidden;
          norm(all, names.part(layer, part), width, part.bias());
        } else {
          LinearModule linear = modules.get(module++);
          all.add(new WeightSpec(linear.weight(), linear.weightShape(), part.start()));
          if (linear.bias()) {
            all.add(new WeightSpec(linear.biasName(), new long[] {linear.out()}, Start.ZEROS));
          }
        }
      }
    }
    norm(all, names.finalNorm(), hidden, isLayerNorm());
    if (!names.tied()) {
      all.add(new WeightSpec(names.head(), table, Start.NORMAL));
    }
    return List.copyOf(all);
  }

  private static void norm(List<WeightSpec> all, String name, long width, boolean bias) {
    all.add(new WeightSpec(name + WEIGHT, new long[] {width}, Start.ONES));
    if (bias) {
      all.add(new WeightSpec(name + BIAS, new long[] {width}, Start.ZEROS));
    }
  }

  /** Whether the norms are layer norms, which have biases, and not root-mean-square norms. */
  boolean isLayerNorm() {
    return part(Use.ATTENTION_NORM).orElseThrow().bias();
  }

  /** The part of a layer with a use. */
  Optional<Part> part(Use use) {
    return blueprint.layer().stream().filter(part -> part.use() == use).findFirst();
  }

  @Override
  public StoredNames storedNames() {
    return blueprint.names().stored();
  }

  @Override
  public String tokenEmbedding() {
    return blueprint.names().embedding();
  }

  @Override
  public String head() {
    return blueprint.names().head();
  }

  @Override
  public boolean hasZeroGradient(String weight) {
    return false;
  }

  /**
   * {@inheritDoc} A key's bias adds a constant to all scores of a query, and softmax ignores
   * constants, unless a norm or a rotation follows the bias.
   */
  @Override
  public boolean hasZeroGradient(String weight, int element) {
    if (part(Use.KEY_NORM).isPresent() || !weight.endsWith(BIAS)) {
      return false;
    }
    String module = weight.substring(0, weight.length() - BIAS.length());
    int size = shape().headSize();
    int feature = -1;
    if (part(Use.KEY).filter(part -> module.endsWith("." + part.path())).isPresent()) {
      feature = element % size;
    } else if (part(Use.FUSED).filter(part -> module.endsWith("." + part.path())).isPresent()) {
      boolean byHead = blueprint.block().fused() == Blueprint.Fused.HEADS;
      int from = byHead ? size : shape().heads() * size;
      int within = (byHead ? element % (3 * size) : element) - from;
      boolean isKey = within >= 0 && within < (byHead ? size : shape().keyValueWidth());
      feature = isKey ? within % size : -1;
    }
    return feature >= rotatedFeatures();
  }

  private int rotatedFeatures() {
    // At least 0, so that the feature -1 of other elements is never one of the unrotated.
    return blueprint.positions() instanceof Positions.Rotary rotary
        ? rotary.frequencies().rotated()
        : 0;
  }

  @Override
  public Set<Long> endTokens() {
    return blueprint.tokens().ends();
  }

  @Override
  public double initStd() {
    return blueprint.initStd();
  }

  @Override
  public int paddingIndex() {
    return blueprint.tokens().paddingIndex();
  }

  @Override
  public boolean derivesPositions() {
    return blueprint.positions() instanceof Positions.Alibi;
  }

  @Override
  public boolean biasesScores() {
    return blueprint.positions() instanceof Positions.Alibi;
  }

  @Override
  public double attentionDropout() {
    return blueprint.dropout().attention();
  }

  @Override
  public boolean dropsLayers() {
    return false;
  }

  @Override
  public TargetDefaults targetDefaults() {
    return blueprint.targets();
  }

  /**
   * Kept per token are the inputs of the norms, which a parallel block shares; queries, and keys
   * and values for each of them; the output of attention; the activation's input and both factors
   * of a gate; and the factors of dropout twice. Values that are a part of a fused product keep all
   * of it, and a norm of queries and keys keeps its inputs. Root-mean-square norms keep what their
   * weights are multiplied by if these are trained.
   */
  @Override
  public Activations activations() {
    boolean gated = part(Use.GATE).isPresent();
    boolean rotary = blueprint.positions() instanceof Positions.Rotary;
    boolean fused = part(Use.FUSED).isPresent();
    long queries = (long) shape().heads() * shape().headSize();
    long normed = part(Use.QUERY_NORM).isPresent() ? queries + shape().keyValueWidth() : 0;
    long norms = (blueprint.block().parallel() ? 1L : 2L) * shape().hidden();
    long dropped = (blueprint.dropout().residual() > 0 ? 2L : 0) * shape().hidden();
    return new Activations(
        norms
            + dropped
            + (fused && rotary ? 6 : 4) * queries
            + normed
            + (gated ? 3L : 1L) * shape().feedForward(),
        shape().hidden() + (fused ? 3 : 2) * queries,
        isLayerNorm() ? 0 : 2L * shape().hidden() + normed,
        !gated && blueprint.block().activation() == Activation.RELU,
        attentionDropout() > 0 ? 2 : 0,
        2L * shape().hidden() + (gated ? 4L : 3L) * shape().feedForward());
  }

  @Override
  public Architecture withoutDropout() {
    ObjectNode without = config.deepCopy();
    blueprint.dropout().keys().forEach(key -> without.put(key, 0));
    try {
      return Families.read("config.json", new ObjectMapper().writeValueAsBytes(without));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ObjectNode toJson() {
    return config.deepCopy();
  }

  @Override
  public Decoder decoder(Weights weights, NDManager owner, Precision precision) {
    return new BlockDecoder(this, weights, owner, precision);
  }
}
