package io.buckbench.preflight;

/** A machine with a GPU, for tests of other packages. */
public final class GpuMachine {
  private GpuMachine() {}

  /** Eight cores and a V100. */
  public static TrialsAtOnce v100() {
    return new TrialsAtOnce(Machines.with(Machines.V100), 8);
  }
}
