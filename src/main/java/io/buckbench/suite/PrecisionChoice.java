package io.buckbench.suite;

import io.buckbench.tensor.ComputeCapability;
import io.buckbench.tensor.Precision;
import java.util.Optional;

/** The values of a suite's column {@code precision}. */
public enum PrecisionChoice {
  /** Every number is float32; the default. */
  FLOAT32,
  /** Products in float16 on every device. */
  MIXED,
  /** Mixed precision on GPUs with hardware for it, from Volta on; otherwise float32. */
  AUTO;

  /**
   * The precision on a device.
   *
   * @param gpu the GPU's compute capability; empty for a CPU, whose float16 products are slow
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
