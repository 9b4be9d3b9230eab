package io.buckbench.preflight;

import io.buckbench.tensor.ComputeCapability;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A GPU as {@code nvidia-smi} describes it. What it does not say is empty, as the memory of a MIG
 * slice is.
 *
 * @param busId where it is
 * @param name for example {@code Tesla V100-SXM2-16GB}
 * @param driver the driver's version, for example {@code 550.54.14}
 * @param totalBytes of memory
 * @param freeBytes of memory
 * @param capability what it can run
 */
record Gpu(
    PciBusId busId,
    String name,
    String driver,
    OptionalLong totalBytes,
    OptionalLong freeBytes,
    Optional<ComputeCapability> capability) {}
