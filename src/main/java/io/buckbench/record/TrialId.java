package io.buckbench.record;

/**
 * Names a trial, and the folder of its record.
 *
 * @param suite the suite's name
 * @param configuration the row's id
 * @param seed the trial's seed
 */
public record TrialId(String suite, String configuration, long seed) {
  @Override
  public String toString() {
    return suite + "/" + configuration + " seed " + seed;
  }
}
