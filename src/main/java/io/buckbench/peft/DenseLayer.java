package io.buckbench.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A trained {@code nn.Linear} of an encoder.
 *
 * @param weight (out, in)
 * @param bias (out)
 */
public record DenseLayer(Parameter weight, Parameter bias) {
  /** Weight and bias uniform within 1 / sqrt(in), as in {@code nn.Linear}. */
  public static DenseLayer initialised(
      NDManager manager, RandomGenerator random, String name, long in, long out) {
    return new DenseLayer(
        new Parameter(name + ".weight", Init.kaimingUniform(manager, random, out, in)),
        new Parameter(name + ".bias", Init.uniform(manager, random, 1 / Math.sqrt(in), out)));
  }

  /** Creates a layer from saved values. */
  public static DenseLayer restored(NDManager manager, NamedTensors saved, String name) {
    return new DenseLayer(
        parameter(manager, saved, name + ".weight"), parameter(manager, saved, name + ".bias"));
  }

  private static Parameter parameter(NDManager manager, NamedTensors saved, String name) {
    return new Parameter(name, Tensors.of(manager, saved.floats(name), saved.info(name).shape()));
  }

  /** Adds the layer's names and shapes to a map. */
  public static void shapes(Map<String, long[]> shapes, String name, long in, long out) {
    shapes.put(name + ".weight", new long[] {out, in});
    shapes.put(name + ".bias", new long[] {out});
  }

  /** Weight, then bias. */
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }

  /** (rows, in) to (rows, out). */
  public NDArray apply(NDArray x) {
    return Ops.linear(x, weight.array(), bias.array());
  }
}
