package io.buckbench.suite;

import io.buckbench.record.TrialId;
import java.util.List;
import java.util.stream.Stream;

/**
 * One seed of a configuration.
 *
 * @param suite the suite's name
 * @param configuration the row
 * @param seed of initialisation, order of the data and dropout
 */
public record Trial(String suite, Configuration configuration, long seed) {
  /** The smaller budgets that it serves, as trials of the same seed, ascending. */
  public List<Trial> milestones() {
    return configuration.milestones().stream().map(c -> new Trial(suite, c, seed)).toList();
  }

  /** Every trial that a run of this one leaves a record of: its milestones and, last, itself. */
  public List<Trial> recorded() {
    return Stream.concat(milestones().stream(), Stream.of(this)).toList();
  }

  /** The name of its record. */
  public TrialId id() {
    return new TrialId(suite, configuration.id(), seed);
  }

  @Override
  public String toString() {
    return id().toString();
  }
}
