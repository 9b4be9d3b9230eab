package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.RowOps;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import java.util.Arrays;

/** Normalises the last axis of an array. */
@FunctionalInterface
public interface Norm {
  /**
   * @param x (..., features)
   * @return (..., features)
   */
  NDArray of(NDArray x);

  /** A layer norm with weight and bias (Ba et al. 2016, arXiv:1607.06450). */
  static Norm layer(Weights weights, String name, double epsilon) {
    NDArray weight = weights.get(name + ".weight");
    NDArray bias = weights.get(name + ".bias");
    return x -> Ops.layerNorm(x, weight, bias, epsilon);
  }

  /**
   * A layer norm without weight and bias.
   *
   * @param owner owns the constants in their place
   */
  static Norm plain(NDManager owner, int features, double epsilon) {
    float[] ones = new float[features];
    Arrays.fill(ones, 1);
    NDArray weight = Scope.keep(Tensors.of(owner, ones, features));
    NDArray bias = Scope.keep(Tensors.of(owner, new float[features], features));
    return x -> Ops.layerNorm(x, weight, bias, epsilon);
  }

  /** A root-mean-square norm with a weight. */
  static Norm rootMeanSquare(Weights weights, String name, RowOps ops) {
    NDArray weight = weights.get(name + ".weight");
    return x -> ops.rmsNorm(x, weight);
  }
}
