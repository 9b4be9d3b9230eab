package io.buckbench.tensor;

/**
 * Restricts PyTorch to deterministic algorithms, in the whole process, until it is closed. An
 * operation without a deterministic algorithm on the device throws.
 */
public final class DeterministicAlgorithms implements AutoCloseable {
  private DeterministicAlgorithms() {}

  /**
   * @param wanted whether to restrict PyTorch
   * @throws io.buckbench.input.InvalidInputException if wanted on a system where PyTorch's flag
   *     cannot be set
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
