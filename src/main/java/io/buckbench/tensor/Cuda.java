package io.buckbench.tensor;

import com.sun.jna.NativeLibrary;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Queries CUDA without loading PyTorch, so that a missing library can be reported before PyTorch
 * fails.
 */
public final class Cuda {
  private static final int SUCCESS = 0;
  private static final int NAME_BYTES = 256;
  private static final int BUS_ID_BYTES = 32;

  private Cuda() {}

  /** Whether the driver's library, {@code libcuda}, is installed. */
  public static boolean hasDriver() {
    return library("libcuda.so.1").or(() -> library("cuda")).isPresent();
  }

  /**
   * The version of the CUDA runtime, for example 12040 for 12.4; empty if there is no {@code
   * libcudart}. DJL looks for the library in the same way.
   */
  public static OptionalInt runtimeVersion() {
    int[] version = new int[1];
    return library("cudart")
        .filter(cudart -> call(cudart, "cudaRuntimeGetVersion", version) == SUCCESS)
        .map(cudart -> OptionalInt.of(version[0]))
        .orElse(OptionalInt.empty());
  }

  /** The number of devices that the runtime can use; 0 without runtime or driver. */
  public static int devices() {
    int[] count = new int[1];
    return library("cudart")
        .filter(cudart -> call(cudart, "cudaGetDeviceCount", count) == SUCCESS)
        .map(cudart -> count[0])
        .orElse(0);
  }

  /**
   * A device's place on the PCI bus, for example {@code 0000:3B:00.0}; empty if CUDA has no such
   * device, for example because {@code CUDA_VISIBLE_DEVICES} hides it.
   *
   * @param device CUDA's device number, which can differ from that of {@code nvidia-smi}
   */
  public static Optional<String> busId(int device) {
    byte[] id = new byte[BUS_ID_BYTES];
    return library("cudart")
        .filter(cudart -> call(cudart, "cudaDeviceGetPCIBusId", id, id.length, device) == SUCCESS)
        .map(cudart -> text(id));
  }

  /** A device's name in the driver, for example {@code Tesla V100-SXM2-16GB}. */
  public static Optional<String> name(int device) {
    byte[] name = new byte[NAME_BYTES];
    int[] handle = new int[1];
    return library("libcuda.so.1")
        .filter(cuda -> call(cuda, "cuInit", 0) == SUCCESS)
        .filter(cuda -> call(cuda, "cuDeviceGet", handle, device) == SUCCESS)
        .filter(cuda -> call(cuda, "cuDeviceGetName", name, NAME_BYTES, handle[0]) == SUCCESS)
        .map(cuda -> text(name));
  }

  /** The memory of the current device that is in use, by this process and others. */
  public static OptionalLong usedBytes() {
    long[] free = new long[1];
    long[] total = new long[1];
    return library("cudart")
        .filter(cudart -> call(cudart, "cudaMemGetInfo", free, total) == SUCCESS)
        .map(cudart -> OptionalLong.of(total[0] - free[0]))
        .orElse(OptionalLong.empty());
  }

  private static String text(byte[] zeroEnded) {
    return new String(zeroEnded, StandardCharsets.US_ASCII).split("\0", 2)[0];
  }

  private static int call(NativeLibrary library, String function, Object... arguments) {
    return library.getFunction(function).invokeInt(arguments);
  }

  private static Optional<NativeLibrary> library(String name) {
    try {
      return Optional.of(NativeLibrary.getInstance(name));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }
}
