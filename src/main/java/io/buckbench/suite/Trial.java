package io.buckbench.suite;

import io.buckbench.record.TrialId;
import java.util.List;
import java.util.stream.Stream;

/**
 * One seed of a configuration.
 *
 * @param suite the suite's name
 * @param configuration the configuration
 * @param seed determines initial values, the order of the data and dropout
 */
public record Trial(String suite, Configuration configuration, long seed) {
  /** Its milestones as trials with the same seed, ascending by budget. */
  public List<Trial> milestones() {
    return configuration.milestones().stream().map(c -> new Trial(suite, c, seed)).toList();
  }

  /** The trials that are recorded when this one is run: its milestones, then itself. */
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
