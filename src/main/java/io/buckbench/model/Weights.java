package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.buckbench.checkpoint.Checkpoint;
import io.buckbench.checkpoint.ExpectedTensors;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.input.Problems;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A base model's weights by Hugging Face's names, in Hugging Face's order. They are float32, except
 * frozen matrices and the biases of linear modules in mixed precision, which are float16. Values
 * that were published in float16 keep their bits. So do those published in bfloat16 from 2^-14 on;
 * smaller ones are rounded to multiples of 2^-24, and those beyond float16's range are refused.
 */
public final class Weights {
  private final Map<String, Parameter> byName;

  /** Arrays that a decoder uses instead of weights; the key may be a tied head's name. */
  private final Map<String, NDArray> replaced;

  /** Elements compared at a time. */
  private static final int PIECE = 1 << 18;

  private Weights(Map<String, Parameter> byName, Map<String, NDArray> replaced) {
    this.byName = byName;
    this.replaced = replaced;
  }

  /** The same weights, of which some are replaced. */
  Weights replacing(Map<String, NDArray> arrays) {
    return new Weights(byName, Map.copyOf(arrays));
  }

  /** The head's weight. It stays as it was if only the embedding is replaced that it is tied to. */
  NDArray head(Architecture architecture) {
    NDArray own = replaced.get(architecture.headModule().weight());
    return own == null ? byName.get(architecture.head()).array() : own;
  }

  /**
   * One weight by Hugging Face's name.
   *
   * @throws IllegalArgumentException if the model has no such weight
   */
  public NDArray get(String name) {
    if (replaced.containsKey(name)) {
      return replaced.get(name);
    }
    Parameter weight = byName.get(name);
    if (weight == null) {
      throw new IllegalArgumentException("this model has no weight " + name);
    }
    return weight.array();
  }

  List<Parameter> parameters() {
    return List.copyOf(byName.values());
  }

  /**
   * Copies a checkpoint's tensors of any element type.
   *
   * @param products element type of the weights of products; others are float32
   * @throws io.buckbench.input.InvalidInputException naming every tensor that is missing, stored
   *     twice, unexpected or of another shape, a head that differs from the embedding it should be
   *     tied to, and every tensor with values beyond the range of float16 if it is kept in that
   */
  static Weights load(
      Architecture architecture, NamedTensors stored, NDManager manager, DataType products) {
    Map<String, long[]> shapes = architecture.weightShapes();
    NamedTensors tensors =
        Checkpoint.renamed(
            stored, name -> architecture.storedNames().full(name, shapes::containsKey));
    check(architecture, tensors);
    Map<String, Parameter> byName = new LinkedHashMap<>();
    Problems problems = new Problems();
    for (WeightSpec weight : architecture.weights()) {
      DataType type = type(architecture, weight, products);
      NDArray array = Tensors.read(manager, tensors, weight.name(), type);
      if (type == DataType.FLOAT16) {
        requireInRange(tensors.source(), weight.name(), array, problems);
      }
      byName.put(weight.name(), new Parameter(weight.name(), array));
    }
    problems.throwIfAny();
    return new Weights(byName, Map.of());
  }

  private static void requireInRange(String source, String name, NDArray array, Problems problems) {
    long found = Tensors.nonFinite(array);
    if (found > 0) {
      problems.add(
          source + " tensor " + name,
          found + (found == 1 ? " value that is" : " values that are") + " not finite in float16",
          "magnitudes below 65520, in mixed precision",
          "compute in float32");
    }
  }

  /** Initial weights as in Transformers: normal matrices, zero biases, identity norms. */
  static Weights random(
      Architecture architecture, long seed, NDManager manager, DataType products) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Parameter> byName = new LinkedHashMap<>();
    for (WeightSpec weight : architecture.weights()) {
      float[] values = initial(architecture, weight, random);
      NDArray array =
          Tensors.of(manager, type(architecture, weight, products), values, weight.shape());
      byName.put(weight.name(), new Parameter(weight.name(), array));
    }
    return new Weights(byName, Map.of());
  }

  private static DataType type(Architecture architecture, WeightSpec weight, DataType products) {
    boolean multiplied =
        weight.shape().length == 2
            || architecture.linearModules().stream()
                .anyMatch(module -> module.bias() && module.biasName().equals(weight.name()));
    return multiplied ? products : DataType.FLOAT32;
  }

  private static float[] initial(
      Architecture architecture, WeightSpec weight, SplittableRandom random) {
    float[] values = new float[Math.toIntExact(weight.elements())];
    switch (weight.start()) {
      case NORMAL, NORMAL_WITHOUT_PAD, NORMAL_BY_DEPTH -> {
        double std = architecture.initStd();
        if (weight.start() == WeightSpec.Start.NORMAL_BY_DEPTH) {
          std /= Math.sqrt(2.0 * architecture.shape().layers());
        }
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextGaussian(0, std);
        }
      }
      case ONES -> Arrays.fill(values, 1);
      case ZEROS -> {
        // A new array holds zeros.
      }
    }
    if (weight.start() == WeightSpec.Start.NORMAL_WITHOUT_PAD) {
      int width = (int) weight.shape()[1];
      int pad = architecture.shape().padId();
      Arrays.fill(values, pad * width, (pad + 1) * width, 0);
    }
    return values;
  }

  private static void check(Architecture architecture, NamedTensors tensors) {
    Problems problems = new Problems();
    Map<String, long[]> shapes = architecture.weightShapes();
    Architecture.StoredNames stored = architecture.storedNames();
    ExpectedTensors.check(
        tensors,
        shapes,
        stored::isExtra,
        "use config.json and weights of the same model",
        problems);
    problems.throwIfAny();
    for (String name : tensors.names()) {
      stored
          .tiedTo(name)
          .filter(weight -> !shapes.containsKey(name) && !same(tensors, name, weight))
          .ifPresent(
              weight ->
                  problems.add(
                      tensors.source() + " tensor " + name,
                      "other values than in " + weight,
                      "equal values, since this model ties the two",
                      "use a model with a tied head"));
    }
    problems.throwIfAny();
  }

  /** Compares piece by piece, so that two large tensors are never in memory together. */
  private static boolean same(NamedTensors tensors, String one, String other) {
    if (!Arrays.equals(tensors.info(one).shape(), tensors.info(other).shape())) {
      return false;
    }
    float[] ours = new float[PIECE];
    float[] theirs = new float[PIECE];
    long elements = tensors.info(one).elements();
    for (long from = 0; from < elements; from += PIECE) {
      int count = tensors.read(one, from, ours);
      tensors.read(other, from, theirs);
      if (!Arrays.equals(ours, 0, count, theirs, 0, count)) {
        return false;
      }
    }
    return true;
  }
}
