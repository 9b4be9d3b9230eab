package io.buckbench.experiment;

import java.util.List;
import java.util.stream.Stream;

/**
 * One seed of an experiment.
 *
 * @param suite the suite's name
 * @param experiment the row
 * @param seed of initialisation, order of the data and dropout
 */
public record Trial(String suite, Experiment experiment, long seed) {
  /** The smaller budgets that it serves, as trials of the same seed, ascending. */
  public List<Trial> checkpoints() {
    return experiment.checkpoints().stream().map(e -> new Trial(suite, e, seed)).toList();
  }

  /** Every trial that a run of this one leaves a record of: its checkpoints and, last, itself. */
  public List<Trial> recorded() {
    return Stream.concat(checkpoints().stream(), Stream.of(this)).toList();
  }

  @Override
  public String toString() {
    return suite + "/" + experiment.id() + " seed " + seed;
  }
}
