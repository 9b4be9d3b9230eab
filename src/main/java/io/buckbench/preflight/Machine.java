package io.buckbench.preflight;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;

/**
 * What is known of a machine before a suite runs on it. Tests make their own; {@link MachineProbe}
 * asks this one.
 *
 * @param gpuWanted whether the suite is to run on a GPU
 * @param nativeFlavor which build of PyTorch is on the class path: {@code cpu}, {@code cu124}, or
 *     the empty string for none
 * @param driverLibrary whether {@code libcuda} is there
 * @param cudaRuntime the version of {@code libcudart} as CUDA numbers it, 12040 for 12.4
 * @param cudaDevice where the device that CUDA counts first is, which is the one that trains; empty
 *     where CUDA can use none
 * @param gpuLines what {@link NvidiaSmi#GPUS} printed; empty where there is no such program
 * @param processes what {@link NvidiaSmi#PROCESSES} printed
 * @param processor the CPU in words
 * @param availableBytes of main memory that a new process can get
 * @param nativeCache where PyTorch's libraries are unpacked, if that is still to be done
 * @param usableBytes of the disk that a path lies on
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

  /** The GPUs and the lines that describe none. */
  NvidiaSmi nvidiaSmi() {
    return NvidiaSmi.parse(gpuLines.orElse(""));
  }

  /** The GPU that trains, as {@code nvidia-smi} describes it. */
  Optional<Gpu> gpu() {
    return nvidiaSmi().gpus().stream()
        .filter(gpu -> cudaDevice.filter(gpu.busId()::equals).isPresent())
        .findFirst();
  }
}
