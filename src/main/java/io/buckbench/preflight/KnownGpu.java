package io.buckbench.preflight;

import io.buckbench.tensor.ComputeCapability;
import java.util.Arrays;
import java.util.Optional;

/**
 * GPUs as their vendor describes them, for plans on a device that one does not own. If a GPU was
 * sold with several sizes of memory, it is the smallest. Sources: NVIDIA's data sheets, and its
 * table of compute capabilities (developer.nvidia.com/cuda-gpus).
 */
enum KnownGpu {
  P100(16, 6, 0),
  V100(16, 7, 0),
  T4(16, 7, 5),
  A100(40, 8, 0),
  A10(24, 8, 6),
  A10G(24, 8, 6),
  L4(24, 8, 9),
  L40S(48, 8, 9),
  H100(80, 9, 0),
  H200(141, 9, 0);

  /** Drivers report up to 8 % less than the data sheet states, for example 15,360 MiB on a T4. */
  private static final double USABLE = 0.92;

  private final int gigabytes;
  private final ComputeCapability capability;

  KnownGpu(int gigabytes, int major, int minor) {
    this.gigabytes = gigabytes;
    this.capability = new ComputeCapability(major, minor);
  }

  /** The GPU of a price card's device. */
  static Optional<KnownGpu> find(String device) {
    return Arrays.stream(values()).filter(gpu -> gpu.name().equalsIgnoreCase(device)).findFirst();
  }

  ComputeCapability capability() {
    return capability;
  }

  /** Bytes that a program can use, with CUDA's own. */
  long usableBytes() {
    return (long) (USABLE * gigabytes * Sizes.GIB);
  }
}
