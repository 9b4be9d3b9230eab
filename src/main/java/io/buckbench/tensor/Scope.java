package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;

/**
 * Closes every array made on this thread since it was opened, save those kept. Only the Java handle
 * goes: what autograd needs it holds by itself, so memory is autograd's alone.
 *
 * <p>A kept array stays with its manager; an enclosing scope does not learn of it.
 */
public final class Scope implements AutoCloseable {
  private final NDScope scope = new NDScope();

  /** Lets an array outlive the innermost open scope. */
  public static <T extends NDArray> T keep(T array) {
    NDScope.unregister(array);
    return array;
  }

  @Override
  public void close() {
    scope.close();
  }
}
