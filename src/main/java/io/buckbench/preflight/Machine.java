package io.buckbench.preflight;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;

/**
 * The properties of a machine that the checks need. {@link MachineProbe} reads those of this one.
 *
 * @param gpuWanted whether the suite will run on a GPU
 * @param nativeFlavor the build of PyTorch on the class path: {@code cpu}, {@code cu124}, or the
 *     empty string for none
 * @param driverLibrary whether {@code libcuda} is installed
 * @param cudaRuntime the version of {@code libcudart} in CUDA's numbering, 12040 for 12.4
 * @param cudaDevice the bus id of CUDA's first device, which is the one that is used; empty if CUDA
 *     finds none
 * @param gpuLines the output of {@link NvidiaSmi#GPUS}; empty if there is no such program
 * @param processes the output of {@link NvidiaSmi#PROCESSES}
 * @param processor a description of the CPU
 * @param availableBytes main memory that is available to a new process
 * @param nativeCache the directory to unpack PyTorch's libraries into; empty if they are unpacked
 * @param usableBytes free space of the disk that a path is on
 */
record Machine(
    boolean gpuWanted,
    String nativeFlavor,
    boolean driverLibrary,
    OptionalInt cudaRuntime,
    Optional<PciBusId> cudaDevice,
    Optional<String> gpuLines,
    Optional<String> processes,
    String processor,
    long availableBytes,
    Optional<Path> nativeCache,
    ToLongFunction<Path> usableBytes) {

  /** The parsed {@link #gpuLines}. */
  NvidiaSmi nvidiaSmi() {
    return NvidiaSmi.parse(gpuLines.orElse(""));
  }

  /** The GPU that is used, as {@code nvidia-smi} describes it. */
  Optional<Gpu> gpu() {
    return nvidiaSmi().gpus().stream()
        .filter(gpu -> cudaDevice.filter(gpu.busId()::equals).isPresent())
        .findFirst();
  }
}
