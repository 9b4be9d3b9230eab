package io.buckbench.preflight;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.tensor.GradMode;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.Arrays;
import java.util.function.Supplier;

/** Whether PyTorch loads, takes the device asked for, and computes there what it should. */
final class PyTorchCheck {
  private static final String CHECK = "PyTorch";

  private PyTorchCheck() {}

  /**
   * @param products what the two products of {@link #products} give, and where
   */
  static CheckResult check(Supplier<String> products) {
    try {
      String found = products.get();
      return CheckResult.ok(CHECK, found);
    } catch (RuntimeException | LinkageError e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return CheckResult.failed(
          CHECK,
          root.getMessage() == null ? root.toString() : root.getMessage(),
          "PyTorch to load and to multiply on the device",
          "mend what the message names; DJL_CACHE_DIR names where its libraries are unpacked");
    }
  }

  /** One product in each precision on the chosen device; the first call loads PyTorch. */
  @SuppressWarnings("try") // modes and scopes are opened for what their closing does
  static String products() {
    try (NDManager manager = Torch.newManager();
        GradMode off = GradMode.off();
        Scope handles = new Scope()) {
      NDArray row = Tensors.of(manager, new float[] {1, 2}, 1, 2);
      for (Precision precision : Precision.values()) {
        float[] five = Tensors.floats(precision.linear(row, row, null));
        if (!Arrays.equals(five, new float[] {5})) {
          throw new IllegalStateException(
              "1 * 1 + 2 * 2 in " + precision + " gave " + Arrays.toString(five));
        }
      }
      return Torch.pytorchVersion() + " multiplies on " + Torch.deviceName();
    }
  }
}
