package io.buckbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.tensor.Autograd;
import io.buckbench.tensor.FusedAdam;
import io.buckbench.tensor.GradMode;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code torch.optim.AdamW} with {@code torch.nn.utils.clip_grad_norm_}. A parameter that no loss
 * has reached has no gradient and is not changed, not even by weight decay, as in torch.
 */
@SuppressWarnings("try") // scopes and modes are used only for their close()
final class AdamW implements AutoCloseable {
  /** {@code clip_grad_norm_} adds this to the norm before dividing by it. */
  private static final double CLIP_EPSILON = 1e-6;

  private final List<Parameter> parameters;
  private final AdamWOptions options;
  private final NDManager owner = Torch.newManager();
  private final List<NDArray> means = new ArrayList<>();
  private final List<NDArray> variances = new ArrayList<>();
  private int steps;

  AdamW(List<Parameter> parameters, AdamWOptions options) {
    this.parameters = List.copyOf(parameters);
    this.options = options;
    for (Parameter parameter : parameters) {
      means.add(Tensors.zeros(owner, Tensors.shape(parameter.array())));
      variances.add(Tensors.zeros(owner, Tensors.shape(parameter.array())));
    }
  }

  /** The number of updates. */
  int steps() {
    return steps;
  }

  /** The L2 norm of all gradients together. Waits for the device. */
  double gradientNorm() {
    try (GradMode off = GradMode.off();
        Scope temporaries = new Scope()) {
      List<NDArray> squares = new ArrayList<>();
      for (Parameter parameter : parameters) {
        Autograd.gradient(parameter.array()).map(Ops::sumOfSquares).ifPresent(squares::add);
      }
      if (squares.isEmpty()) {
        return 0;
      }
      double sum = 0;
      for (float square : Tensors.floats(Ops.stack(squares.toArray(NDArray[]::new)))) {
        sum += square;
      }
      return Math.sqrt(sum);
    }
  }

  /**
   * Updates all parameters and zeroes their gradients.
   *
   * @param rate learning rate of the step
   * @param gradientNorm {@link #gradientNorm} divided by the loss scale
   * @param clipNorm largest norm, to which larger gradients are scaled down; infinity for none
   * @param lossScale factor of the loss; the gradients are divided by it
   */
  void step(double rate, double gradientNorm, double clipNorm, double lossScale) {
    steps++;
    double scale = Math.min(1, clipNorm / (gradientNorm + CLIP_EPSILON)) / lossScale;
    try (GradMode off = GradMode.off();
        Scope temporaries = new Scope()) {
      for (int i = 0; i < parameters.size(); i++) {
        NDArray weight = parameters.get(i).array();
        NDArray gradient = Autograd.gradient(weight).orElse(null);
        if (gradient == null) {
          continue;
        }
        boolean decays = options.decayVectors() || weight.getShape().dimension() > 1;
        FusedAdam.update(
            weight,
            gradient,
            means.get(i),
            variances.get(i),
            steps,
            rate,
            (float) options.beta1(),
            (float) options.beta2(),
            options.epsilon(),
            decays ? options.weightDecay() : 0,
            scale);
        Autograd.zeroGradient(weight);
      }
    }
  }

  /** A copy of the values and moments, by parameter name. */
  TrainingSnapshot snapshot(int skippedSteps, LossScaler.State lossScaling) {
    return new TrainingSnapshot(
        steps,
        floats(parameters.stream().map(Parameter::array).toList()),
        floats(means),
        floats(variances),
        skippedSteps,
        lossScaling);
  }

  /** Continues from a snapshot of the same parameters. */
  void restore(TrainingSnapshot snapshot) {
    steps = snapshot.steps();
    copy(snapshot.parameters(), parameters.stream().map(Parameter::array).toList());
    copy(snapshot.means(), means);
    copy(snapshot.variances(), variances);
    parameters.forEach(parameter -> Autograd.zeroGradient(parameter.array()));
  }

  private Map<String, float[]> floats(List<NDArray> arrays) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (int i = 0; i < arrays.size(); i++) {
      values.put(parameters.get(i).name(), Tensors.floats(arrays.get(i)));
    }
    return values;
  }

  private void copy(Map<String, float[]> from, List<NDArray> to) {
    for (int i = 0; i < to.size(); i++) {
      long[] shape = Tensors.shape(to.get(i));
      float[] values = from.get(parameters.get(i).name());
      try (NDArray array = Tensors.of(owner, values, shape)) {
        Tensors.copyInto(to.get(i), array);
      }
    }
  }

  @Override
  public void close() {
    owner.close();
  }
}
