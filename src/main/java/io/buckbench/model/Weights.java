package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.buckbench.checkpoint.Checkpoint;
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
 * A base model's weights by Hugging Face's names, in Hugging Face's order, float32 but for frozen
 * matrices in mixed.
 */
final class Weights {
  private final Map<String, Parameter> byName;

  /** Elements compared at a time. */
  private static final int PIECE = 1 << 18;

  private Weights(Map<String, Parameter> byName) {
    this.byName = byName;
  }

  NDArray get(String name) {
    Parameter weight = byName.get(name);
    if (weight == null) {
      throw new IllegalArgumentException(name + " is no weight of this model");
    }
    return weight.array();
  }

  List<Parameter> parameters() {
    return List.copyOf(byName.values());
  }

  /**
   * Copies a checkpoint's tensors, whatever their element type.
   *
   * @param matrices how tensors of two axes are kept; vectors are float32
   * @throws io.buckbench.input.InvalidInputException naming every tensor that is missing, left over
   *     or of another shape, and a head that is not the embedding it should be tied to
   */
  static Weights load(OptConfig config, NamedTensors stored, NDManager manager, DataType matrices) {
    NamedTensors tensors = withModelPrefix(stored);
    Map<String, long[]> shapes = OptWeightNames.shapes(config);
    check(shapes, tensors);
    Map<String, Parameter> byName = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) ->
            byName.put(
                name,
                new Parameter(name, Tensors.read(manager, tensors, name, type(shape, matrices)))));
    return new Weights(byName);
  }

  /** Fresh weights as Transformers draws them: normal matrices, zero biases, identity norms. */
  static Weights random(OptConfig config, long seed, NDManager manager, DataType matrices) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Parameter> byName = new LinkedHashMap<>();
    OptWeightNames.shapes(config)
        .forEach(
            (name, shape) -> {
              float[] values = fresh(config, name, shape, random);
              DataType type = type(shape, matrices);
              byName.put(name, new Parameter(name, Tensors.of(manager, type, values, shape)));
            });
    return new Weights(byName);
  }

  private static DataType type(long[] shape, DataType matrices) {
    return shape.length == 2 ? matrices : DataType.FLOAT32;
  }

  private static float[] fresh(
      OptConfig config, String name, long[] shape, SplittableRandom random) {
    if (shape.length == 2) {
      float[] values = new float[Math.toIntExact(shape[0] * shape[1])];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian(0, config.initStd());
      }
      if (name.equals(OptWeightNames.EMBED_TOKENS)) {
        int width = (int) shape[1];
        Arrays.fill(values, config.padId() * width, (config.padId() + 1) * width, 0);
      }
      return values;
    }
    float[] values = new float[(int) shape[0]];
    if (name.endsWith("layer_norm.weight")) {
      Arrays.fill(values, 1);
    }
    return values;
  }

  private static NamedTensors withModelPrefix(NamedTensors stored) {
    // The published OPT checkpoints were saved from the inner model: "decoder.", no head.
    return Checkpoint.withPrefix(stored, OptWeightNames.MODEL);
  }

  private static void check(Map<String, long[]> shapes, NamedTensors tensors) {
    Problems problems = new Problems();
    String todo = "take the config.json and the weights from the same model";
    for (Map.Entry<String, long[]> wanted : shapes.entrySet()) {
      String where = tensors.source() + " tensor " + wanted.getKey();
      String shape = Arrays.toString(wanted.getValue());
      if (!tensors.names().contains(wanted.getKey())) {
        problems.add(where, "nothing", shape, todo);
      } else if (!Arrays.equals(tensors.info(wanted.getKey()).shape(), wanted.getValue())) {
        problems.add(where, Arrays.toString(tensors.info(wanted.getKey()).shape()), shape, todo);
      }
    }
    for (String name : tensors.names()) {
      if (!shapes.containsKey(name)
          && !name.endsWith(OptWeightNames.LM_HEAD)
          && !name.equals(OptWeightNames.VERSION)) {
        problems.add(
            tensors.source() + " tensor " + name,
            Arrays.toString(tensors.info(name).shape()),
            "no such tensor",
            todo);
      }
    }
    problems.throwIfAny();
    for (String name : tensors.names()) {
      if (name.endsWith(OptWeightNames.LM_HEAD)
          && !same(tensors, name, OptWeightNames.EMBED_TOKENS)) {
        problems.add(
            tensors.source() + " tensor " + name,
            "values of its own",
            "the values of " + OptWeightNames.EMBED_TOKENS + ", to which OPT ties its head",
            "take a model with a tied head");
      }
    }
    problems.throwIfAny();
  }

  /** Compared piece by piece: the two largest tensors would else be in memory at once. */
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
