package io.buckbench.tensor;

/**
 * Whether PyTorch takes only algorithms that repeat their bits, in the whole process; off again on
 * close. An operation that has no such algorithm on the device throws and says so.
 */
public final class DeterministicAlgorithms implements AutoCloseable {
  private DeterministicAlgorithms() {}

  /**
   * @throws io.buckbench.input.InvalidInputException if they are wanted on a system where PyTorch's
   *     flag cannot be set
   */
  public static DeterministicAlgorithms wanted(boolean wanted) {
    PyTorchFlags.setDeterministic(wanted);
    return new DeterministicAlgorithms();
  }

  @Override
  public void close() {
    PyTorchFlags.setDeterministic(false);
  }
}
