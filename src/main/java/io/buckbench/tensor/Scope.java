package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;

/**
 * Closes all arrays that were created on this thread since the scope was opened, except kept ones.
 * This closes only the Java handles: autograd holds the memory that it needs.
 *
 * <p>A kept array still belongs to its manager, but to no enclosing scope.
 */
public final class Scope implements AutoCloseable {
  private final NDScope scope = new NDScope();

  /** Keeps an array open after the innermost open scope is closed. */
  public static <T extends NDArray> T keep(T array) {
    NDScope.unregister(array);
    return array;
  }

  @Override
  public void close() {
    scope.close();
  }
}
