package io.buckbench.speed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.model.Architecture;
import io.buckbench.model.LinearModule;
import io.buckbench.model.LinearModule.Role;
import io.buckbench.model.Shape;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
import io.buckbench.tensor.GradMode;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The arithmetic of a step's matrix products, and the speed of such products in this process. */
@SuppressWarnings("try") // scopes and modes are used only for their close()
final class Products {
  private static final int REPEATS = 9;

  private Products() {}

  /**
   * The operations (multiplications and additions) of the matrix products and of attention in a
   * step. The forward pass counts once. The backward pass counts once for the gradients of
   * activations, and once more if the weights are trained. Products of an adapter are not counted,
   * nor is it deducted that nothing below the first adapted module needs a gradient.
   *
   * @param method adds positions to each row, or only keys if it is prefix tuning
   */
  static double ofStep(Architecture model, Workload workload, MethodConfig method) {
    Shape shape = model.shape();
    int added = method.virtualTokens();
    int computed = workload.tokens() + (method.method() == PeftMethod.PREFIX_TUNING ? 0 : added);
    double positions = (double) workload.rows() * computed;
    double labelled = (double) workload.rows() * Workload.LABELLED;
    double products = labelled * shape.vocabulary() * shape.embedding();
    for (LinearModule module : model.linearModules()) {
      boolean all =
          module.layer() < shape.layers() - 1
              || module.role() == Role.KEY
              || module.role() == Role.VALUE
              || module.role() == Role.QUERY_KEY_VALUE;
      products += (all ? positions : labelled) * module.in() * module.out();
    }
    double seen = workload.tokens() + added;
    double width = (double) shape.heads() * shape.headSize();
    products += 2 * seen * width * (positions * (shape.layers() - 1) + labelled);
    return 2 * products * (method.method() == PeftMethod.FULL ? 3 : 2);
  }

  /**
   * Operations a second in the largest product of a micro-batch: the first of the feed-forward
   * block.
   */
  static double rate(Architecture model, Workload workload, Precision precision) {
    Shape shape = model.shape();
    int rows = Math.multiplyExact(workload.microBatch(), workload.tokens());
    SplittableRandom random = new SplittableRandom(1);
    List<Double> seconds = new ArrayList<>();
    try (NDManager manager = Torch.newManager();
        GradMode off = GradMode.off()) {
      NDArray x = precision.operand(Init.uniform(manager, random, 1, rows, shape.hidden()));
      NDArray weight =
          precision.operand(Init.uniform(manager, random, 1, shape.feedForward(), shape.hidden()));
      for (int i = 0; i <= REPEATS; i++) {
        long start = System.nanoTime();
        try (Scope handles = new Scope()) {
          Torch.awaitDevice(Ops.linear(x, weight, null));
        }
        if (i > 0) {
          seconds.add((System.nanoTime() - start) / 1e9);
        }
      }
    }
    double operations = 2.0 * rows * shape.hidden() * shape.feedForward();
    return operations / Spread.of(seconds).median();
  }
}
