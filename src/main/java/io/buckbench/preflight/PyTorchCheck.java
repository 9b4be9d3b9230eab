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

/** Checks whether PyTorch can be loaded, uses the requested device and computes correctly. */
final class PyTorchCheck {
  private static final String CHECK = "PyTorch";

  private PyTorchCheck() {}

  /**
   * Makes the check.
   *
   * @param products {@link #products}, or a replacement in tests
   */
  static CheckResult check(Supplier<String> products) {
    try {
      return CheckResult.ok(CHECK, products.get());
    } catch (RuntimeException | LinkageError e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return CheckResult.failed(
          CHECK,
          root.getMessage() == null ? root.toString() : root.getMessage(),
          "PyTorch to load and to multiply on the device",
          "correct what the message names; DJL_CACHE_DIR is where its libraries are unpacked");
    }
  }

  /** Multiplies in each precision on the selected device. The first call loads PyTorch. */
  @SuppressWarnings("try") // modes and scopes are only opened and closed
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
