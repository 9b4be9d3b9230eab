package io.buckbench.preflight;

import io.buckbench.tensor.ComputeCapability;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A card as {@code nvidia-smi} describes it; what the card does not tell is empty, as a MIG slice's
 * memory is.
 *
 * @param name for example {@code Tesla V100-SXM2-16GB}
 * @param driver the driver's version, for example {@code 550.54.14}
 * @param totalBytes of memory
 * @param freeBytes of memory
 * @param capability what it can run
 */
record Gpu(
    String name,
    String driver,
    OptionalLong totalBytes,
    OptionalLong freeBytes,
    Optional<ComputeCapability> capability) {}
