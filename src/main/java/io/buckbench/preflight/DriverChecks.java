package io.buckbench.preflight;

import io.buckbench.tensor.Natives;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Checks whether PyTorch can use a GPU: native library, driver and CUDA runtime.
 *
 * <p>Driver versions are from NVIDIA's CUDA 12.4 release notes, tables 2 and 3: the driver of the
 * toolkit on Linux x86_64 is 550.54.14, and by minor-version compatibility every CUDA 12.x runs on
 * 525.60.13 or newer.
 */
final class DriverChecks {
  private static final String MINIMUM_DRIVER = "525.60.13";
  private static final String TOOLKIT_DRIVER = "550.54.14";
  private static final int CUDA_MAJOR = 12;

  private DriverChecks() {}

  /** Whether the CUDA build of PyTorch is on the class path. */
  static CheckResult nativeLibrary(Machine machine) {
    String check = "native library";
    String flavor = machine.nativeFlavor();
    if (!Natives.capabilities(flavor).isEmpty()) {
      return CheckResult.ok(check, "PyTorch for " + flavor);
    }
    return CheckResult.failed(
        check,
        flavor.isEmpty() ? "no PyTorch on the class path" : "PyTorch for " + flavor,
        "PyTorch for cu124",
        "start with ./buckbench -Pgpu, or build with ./mvnw -Pgpu and without -Dpytorch.native");
  }

  /** Whether the driver's library and {@code nvidia-smi} are installed. */
  static CheckResult driver(Machine machine) {
    String check = "driver";
    if (machine.gpuLines().isEmpty() && !machine.driverLibrary()) {
      return CheckResult.failed(
          check,
          "no NVIDIA driver: neither libcuda nor nvidia-smi",
          "a machine with an NVIDIA GPU and driver " + MINIMUM_DRIVER + " or newer",
          "run on a machine with a GPU and its driver (in a container: with --gpus all); on a CPU"
              + " without -Pgpu, with --anyway if the suite is priced for a GPU");
    }
    if (machine.gpuLines().isEmpty()) {
      return CheckResult.failed(
          check,
          "libcuda, but no nvidia-smi",
          "nvidia-smi on the PATH, to describe the GPU",
          "install the driver's utilities (in a container: NVIDIA_DRIVER_CAPABILITIES=compute,"
              + "utility)");
    }
    if (!machine.driverLibrary()) {
      return CheckResult.failed(
          check,
          "nvidia-smi, but no libcuda",
          "the driver's library libcuda.so.1 on the library path",
          "install the driver's compute library, or put its directory on LD_LIBRARY_PATH");
    }
    return CheckResult.ok(check, "libcuda and nvidia-smi");
  }

  /** Whether the driver is new enough for CUDA 12.4. */
  static CheckResult driverVersion(Gpu gpu) {
    String check = "driver version";
    if (compare(gpu.driver(), MINIMUM_DRIVER) < 0) {
      return CheckResult.failed(
          check,
          gpu.driver(),
          MINIMUM_DRIVER + " or newer, which CUDA 12 needs",
          "update the driver, preferably to " + TOOLKIT_DRIVER);
    }
    return CheckResult.ok(
        check,
        compare(gpu.driver(), TOOLKIT_DRIVER) < 0
            ? gpu.driver() + ", older than CUDA 12.4's, compatible within CUDA 12"
            : gpu.driver());
  }

  /** Whether the loader finds the CUDA runtime, with which DJL counts devices. */
  static CheckResult cudaRuntime(Machine machine) {
    String check = "CUDA runtime";
    String todo =
        "install libcudart of CUDA 12 (package cuda-cudart-12-4) and put its directory on"
            + " LD_LIBRARY_PATH";
    if (machine.cudaRuntime().isEmpty()) {
      return CheckResult.failed(
          check,
          "no libcudart, with which DJL finds devices (without it DJL uses the CPU)",
          "libcudart.so of CUDA 12",
          todo);
    }
    int version = machine.cudaRuntime().getAsInt();
    String words = "libcudart " + version / 1000 + "." + version % 1000 / 10;
    // DJL compares the first four characters of cu124 with those of this version.
    return version / 1000 == CUDA_MAJOR
        ? CheckResult.ok(check, words)
        : CheckResult.failed(
            check,
            words + ", for which DJL would look for another build of PyTorch",
            "version 12.x",
            todo);
  }

  /** Compares dotted versions number by number; missing numbers count as 0. */
  static int compare(String one, String other) {
    List<Integer> a = numbers(one);
    List<Integer> b = numbers(other);
    return IntStream.range(0, Math.max(a.size(), b.size()))
        .map(i -> Integer.compare(i < a.size() ? a.get(i) : 0, i < b.size() ? b.get(i) : 0))
        .filter(c -> c != 0)
        .findFirst()
        .orElse(0);
  }

  private static List<Integer> numbers(String version) {
    return List.of(version.split("\\.")).stream().map(Integer::valueOf).toList();
  }
}
