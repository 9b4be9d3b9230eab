package io.buckbench.experiment;

/**
 * One seed of an experiment.
 *
 * @param suite the suite's name
 * @param experiment the row
 * @param seed of initialisation, order of the data and dropout
 */
public record Trial(String suite, Experiment experiment, long seed) {
  @Override
  public String toString() {
    return suite + "/" + experiment.id() + " seed " + seed;
  }
}
