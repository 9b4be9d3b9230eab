package io.buckbench.preflight;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Machines for tests; their {@code nvidia-smi} output has the real column layout. */
final class Machines {
  static final String V100 =
      "00000000:3B:00.0, Tesla V100-SXM2-16GB, 550.54.15, 16384 MiB, 16144 MiB, 7.0\n";
  static final String T4 = "00000000:04:00.0, Tesla T4, 535.183.01, 15360 MiB, 14923 MiB, 7.5\n";
  static final String H100 =
      "00000000:1B:00.0, NVIDIA H100 80GB HBM3, 570.86.15, 81559 MiB, 81004 MiB, 9.0\n";
  static final String MIG =
      "00000000:5E:00.0, NVIDIA A100-SXM4-40GB, 550.90.07, [N/A], [N/A], 8.0\n";
  static final String K80 = "00000000:86:00.0, Tesla K80, 470.256.02, 11441 MiB, 11440 MiB, 3.7\n";
  static final String BLACKWELL =
      "00000000:41:00.0, NVIDIA GeForce RTX 5090, 575.57.08, 32607 MiB, 32110 MiB, 12.0\n";
  static final String BROKEN =
      "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that"
          + " the latest NVIDIA driver is installed and running.\n";

  private Machines() {}

  /** A suitable machine for {@code -Pgpu} with these GPUs; the first one is CUDA's first device. */
  static Machine with(String gpuLines) {
    return with(gpuLines, NvidiaSmi.parse(gpuLines).gpus().stream().map(Gpu::busId).findFirst());
  }

  /** The same with another first device of CUDA, or none. */
  static Machine with(String gpuLines, Optional<PciBusId> cudaDevice) {
    return new Machine(
        true,
        "cu124",
        true,
        OptionalInt.of(12040),
        cudaDevice,
        Optional.of(gpuLines),
        Optional.of(""),
        "amd64, 8 cores",
        26 * Sizes.GIB,
        Optional.empty(),
        path -> 100 * Sizes.GIB);
  }

  /** A machine without GPU and driver, with the CUDA build of PyTorch. */
  static Machine withoutGpu() {
    return new Machine(
        true,
        "cu124",
        false,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "amd64, 2 cores",
        20 * Sizes.GIB,
        Optional.of(Path.of("cache")),
        path -> 100 * Sizes.GIB);
  }

  /** A machine on which the CPU is requested. */
  static Machine cpu() {
    return new Machine(
        false,
        "cpu",
        false,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "amd64, 2 cores",
        20 * Sizes.GIB,
        Optional.empty(),
        path -> 100 * Sizes.GIB);
  }
}
