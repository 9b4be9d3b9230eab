package io.buckbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.tensor.Autograd;
import io.buckbench.tensor.FusedAdamW;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.RecordedGradients;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code torch.optim.AdamW} with {@code torch.nn.utils.clip_grad_norm_}. A parameter that no loss
 * of a step has reached is not changed in this step, not even by its moments or by weight decay, as
 * in torch where {@code zero_grad} sets gradients to none.
 */
@SuppressWarnings("try") // scopes are used only for their close()
final class AdamW implements AutoCloseable {
  /** {@code clip_grad_norm_} adds this to the norm before dividing by it. */
  private static final double CLIP_EPSILON = 1e-6;

  private final AdamWOptions options;
  private final NDManager owner = Torch.newManager();
  private final FusedAdamW kernels;
  private final RecordedGradients recorded;
  private final List<Slot> slots;
  private int steps;

  /**
   * A parameter and its state.
   *
   * @param updates (1) the number of its updates; fewer than the optimiser's if steps missed it
   */
  private static final class Slot {
    final Parameter parameter;
    final NDArray mean;
    final NDArray variance;
    final NDArray updates;

    /** Null until the first backward pass that reaches the parameter; then always this array. */
    NDArray gradient;

    /** {@link RecordedGradients#versions} after the last step. */
    long version = -1;

    Slot(Parameter parameter, NDManager owner) {
      long[] shape = Tensors.shape(parameter.array());
      this.parameter = parameter;
      mean = Tensors.zeros(owner, shape);
      variance = Tensors.zeros(owner, shape);
      updates = Tensors.zeros(owner, 1);
    }
  }

  /**
   * @param everyStep whether each step reaches the same parameters; false for a model that drops
   *     layers
   */
  AdamW(List<Parameter> parameters, AdamWOptions options, boolean everyStep) {
    this.options = options;
    kernels =
        new FusedAdamW(
            owner, options.beta1(), options.beta2(), options.epsilon(), options.weightDecay());
    recorded = everyStep ? null : new RecordedGradients(owner);
    slots = parameters.stream().map(parameter -> new Slot(parameter, owner)).toList();
  }

  /** The number of updates. */
  int steps() {
    return steps;
  }

  /**
   * Adds the gradients of a loss.
   *
   * @param loss a scalar; ignored if it reaches no parameter
   * @param seed factor of the loss, a scalar
   */
  void backward(NDArray loss, NDArray seed) {
    if (recorded == null || recorded.reach(loss)) {
      Autograd.backward(loss, seed);
    }
  }

  /**
   * The L2 norm of the gradients of a step, a scalar on the device.
   *
   * @param step owner of the result
   */
  NDArray gradientNorm(NDManager step) {
    List<Slot> reached = reached();
    return reached.isEmpty() ? Tensors.scalar(step, 0) : kernels.norm(step, gradients(reached));
  }

  /**
   * Updates all parameters and zeroes their gradients.
   *
   * @param rate learning rate of the step
   * @param gradientNorm the value of {@link #gradientNorm} divided by the loss scale
   * @param clipNorm largest norm, to which larger gradients are scaled down; infinity for none
   * @param lossScale factor of the loss; the gradients are divided by it
   */
  void step(double rate, double gradientNorm, double clipNorm, double lossScale) {
    steps++;
    double divisor = lossScale / Math.min(1, clipNorm / (gradientNorm + CLIP_EPSILON));
    try (Scope temporaries = new Scope()) {
      NDArray rates = Tensors.scalar(owner, (float) rate);
      NDArray divisors = Tensors.scalar(owner, (float) divisor);
      List<Slot> reached = reached();
      for (boolean decays : new boolean[] {true, false}) {
        List<Slot> group = reached.stream().filter(slot -> decays(slot) == decays).toList();
        kernels.update(tensors(group), decays, rates, divisors);
      }
    }
    rememberVersions();
  }

  /** Forgets the gradients of a step. */
  void zeroGradients() {
    kernels.zero(gradients(known()));
    rememberVersions();
  }

  private boolean decays(Slot slot) {
    return options.decayVectors() || slot.parameter.array().getShape().dimension() > 1;
  }

  /** The parameters that have a gradient of this step. */
  private List<Slot> reached() {
    List<Slot> known = known();
    if (recorded == null || known.isEmpty()) {
      return known;
    }
    long[] versions = recorded.versions(gradients(known));
    List<Slot> reached = new ArrayList<>();
    for (int i = 0; i < versions.length; i++) {
      if (versions[i] != known.get(i).version) {
        reached.add(known.get(i));
      }
    }
    return reached;
  }

  /** The parameters that have a gradient. */
  private List<Slot> known() {
    for (Slot slot : slots) {
      if (slot.gradient == null) {
        slot.gradient = Autograd.gradient(slot.parameter.array()).map(Scope::keep).orElse(null);
      }
    }
    return slots.stream().filter(slot -> slot.gradient != null).toList();
  }

  private void rememberVersions() {
    List<Slot> known = known();
    if (recorded != null && !known.isEmpty()) {
      long[] versions = recorded.versions(gradients(known));
      for (int i = 0; i < versions.length; i++) {
        known.get(i).version = versions[i];
      }
    }
  }

  private static List<NDArray> gradients(List<Slot> slots) {
    return arrays(slots, slot -> slot.gradient);
  }

  private static FusedAdamW.Tensors tensors(List<Slot> slots) {
    return new FusedAdamW.Tensors(
        arrays(slots, slot -> slot.parameter.array()),
        gradients(slots),
        arrays(slots, slot -> slot.mean),
        arrays(slots, slot -> slot.variance),
        arrays(slots, slot -> slot.updates));
  }

  private static List<NDArray> arrays(List<Slot> slots, Function<Slot, NDArray> array) {
    return slots.stream().map(array).toList();
  }

  /** A copy of the values and moments, by parameter name. */
  TrainingSnapshot snapshot(int skippedSteps, TrainingSnapshot.LossScaling lossScaling) {
    Map<String, Integer> updates = new LinkedHashMap<>();
    slots.forEach(slot -> updates.put(slot.parameter.name(), (int) Tensors.scalar(slot.updates)));
    return new TrainingSnapshot(
        steps,
        values(slot -> slot.parameter.array()),
        values(slot -> slot.mean),
        values(slot -> slot.variance),
        updates,
        skippedSteps,
        lossScaling);
  }

  /** Continues from a snapshot of the same parameters. */
  void restore(TrainingSnapshot snapshot) {
    steps = snapshot.steps();
    for (Slot slot : slots) {
      String name = slot.parameter.name();
      copy(snapshot.parameters().get(name), slot.parameter.array());
      copy(snapshot.means().get(name), slot.mean);
      copy(snapshot.variances().get(name), slot.variance);
      copy(new float[] {snapshot.updates().get(name)}, slot.updates);
    }
    zeroGradients();
  }

  private Map<String, float[]> values(Function<Slot, NDArray> array) {
    Map<String, float[]> values = new LinkedHashMap<>();
    slots.forEach(slot -> values.put(slot.parameter.name(), Tensors.floats(array.apply(slot))));
    return values;
  }

  private void copy(float[] values, NDArray target) {
    try (NDArray array = Tensors.of(owner, values, Tensors.shape(target))) {
      Tensors.copyInto(target, array);
    }
  }

  @Override
  public void close() {
    slots.stream().map(slot -> slot.gradient).filter(g -> g != null).forEach(NDArray::close);
    owner.close();
  }
}
