package io.buckbench.peft;

import io.buckbench.model.LinearModule;
import java.util.List;

/**
 * What a method makes a training step keep for its backward pass, in addition to what any step
 * keeps of a layer. For estimates of memory.
 *
 * @param firstLayer the first layer with a gradient, from 0; earlier layers keep nothing
 * @param modules what is kept for linear modules
 * @param norms whether weights of norms are trained
 */
public record KeptActivations(int firstLayer, List<OfModule> modules, boolean norms) {
  /** A gradient passes through all layers, and nothing in them is trained. */
  public static final KeptActivations NOTHING = new KeptActivations(0, List.of(), false);

  /**
   * What is kept for one linear module.
   *
   * @param input whether its input is kept; modules with the same input share it
   * @param own floats per token that are kept for this module alone
   */
  public record OfModule(LinearModule module, boolean input, long own) {
    /** A module whose weight is trained. */
    public static OfModule trained(LinearModule module) {
      return new OfModule(module, true, 0);
    }

    /**
     * A module whose input a trained path reads, after dropout: PyTorch then keeps the result and
     * the factors of dropout instead of the input.
     *
     * @param more further floats per token
     */
    public static OfModule read(LinearModule module, double dropout, long more) {
      return dropout > 0
          ? new OfModule(module, false, 2L * module.in() + more)
          : new OfModule(module, true, more);
    }
  }

  public KeptActivations {
    modules = List.copyOf(modules);
  }
}
