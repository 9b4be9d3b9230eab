package io.buckbench.suite;

import io.buckbench.tensor.ComputeCapability;
import io.buckbench.tensor.Precision;
import java.util.Optional;

/** What a row's column {@code precision} asks for. */
public enum PrecisionChoice {
  /** Every number float32; what an empty or missing column means. */
  FLOAT32,
  /** Products in float16, whatever the device. */
  MIXED,
  /** Mixed where the GPU has units for it, which is Volta and later; otherwise float32. */
  AUTO;

  /**
   * What that means on a device.
   *
   * @param gpu what a GPU can run; empty for a CPU, whose float16 products are slow
   */
  public Precision on(Optional<ComputeCapability> gpu) {
    boolean fast = gpu.filter(c -> c.compareTo(ComputeCapability.VOLTA) >= 0).isPresent();
    return switch (this) {
      case FLOAT32 -> Precision.FLOAT32;
      case MIXED -> Precision.MIXED;
      case AUTO -> fast ? Precision.MIXED : Precision.FLOAT32;
    };
  }
}
