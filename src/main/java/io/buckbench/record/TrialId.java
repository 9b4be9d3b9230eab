package io.buckbench.record;

/**
 * Identifies a trial and its record.
 *
 * @param suite the suite's name
 * @param configuration the configuration's id
 * @param seed the trial's seed
 */
public record TrialId(String suite, String configuration, long seed) {
  @Override
  public String toString() {
    return suite + "/" + configuration + " seed " + seed;
  }
}
