package io.buckbench.preflight;

import io.buckbench.tensor.ComputeCapability;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A GPU as described by {@code nvidia-smi}. What is not reported is empty, such as the memory of a
 * MIG slice.
 *
 * @param busId its place on the PCI bus
 * @param name for example {@code Tesla V100-SXM2-16GB}
 * @param driver driver version, for example {@code 550.54.14}
 * @param totalBytes total memory
 * @param freeBytes free memory
 * @param capability compute capability
 */
record Gpu(
    PciBusId busId,
    String name,
    String driver,
    OptionalLong totalBytes,
    OptionalLong freeBytes,
    Optional<ComputeCapability> capability) {}
