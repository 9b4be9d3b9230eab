package io.buckbench.trial;

import io.buckbench.tensor.ComputeCapability;
import io.buckbench.tensor.PyTorchFlags;
import io.buckbench.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A class of devices that give the same bits. On a CPU it is the processor model, the widest vector
 * instructions and the number of threads; on a GPU it is the name, the compute capability, the
 * number of threads and those of {@link PyTorchFlags} that reduce precision and are on. The
 * deterministic flag is a setting of the configuration and not part of the class.
 *
 * @param id for example {@code cpu-x86_64-intel-6-106-avx512-t2}
 * @param words a description
 */
public record DeviceClass(String id, String words) {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  /**
   * The class of the device that PyTorch uses in this process.
   *
   * @param threads the number of threads that compute one operation
   */
  public static DeviceClass here(int threads) {
    List<String> cpu = cpuInfo();
    Optional<ComputeCapability> gpu = Torch.computeCapability();
    if (gpu.isPresent()) {
      return ofGpu(Torch.gpuName().orElse("unnamed"), gpu.get(), threads, PyTorchFlags.values());
    }
    String architecture = System.getProperty("os.arch").replace("amd64", "x86_64");
    String flags = field(cpu, "flags").map(f -> " " + f + " ").orElse("");
    return new DeviceClass(
        "cpu-" + architecture + model(cpu) + vectors(flags) + "-t" + threads,
        field(cpu, "model name").orElse(architecture)
            + ", "
            + threads
            + (threads == 1 ? " thread" : " threads"));
  }

  /** For example {@code cuda-tesla-v100-sxm2-16gb-sm_70-t8}, which can be used in file names. */
  static DeviceClass ofGpu(
      String name, ComputeCapability capability, int threads, Map<String, Boolean> flags) {
    String gpu = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    Map<String, Boolean> known = flags.isEmpty() ? Map.of("unknown flags", true) : flags;
    String on =
        known.entrySet().stream()
            .filter(flag -> flag.getValue() && !flag.getKey().equals(PyTorchFlags.DETERMINISTIC))
            .map(flag -> ", " + flag.getKey())
            .collect(Collectors.joining());
    return new DeviceClass(
        "cuda-" + gpu + "-" + capability.sm() + "-t" + threads + on.replaceAll("[ _,]+", "-"),
        name + ", " + capability.sm() + on);
  }

  /**
   * Vendor, family and model. The matrix library chooses its kernels by them, so processors with
   * the same vector instructions can give different bits.
   */
  static String model(List<String> cpu) {
    StringBuilder id = new StringBuilder();
    field(cpu, "vendor_id")
        .map(v -> v.replace("Genuine", "").replace("Authentic", "").toLowerCase(Locale.ROOT))
        .ifPresent(v -> id.append('-').append(v));
    field(cpu, "cpu family").ifPresent(v -> id.append('-').append(v));
    field(cpu, "model\t").ifPresent(v -> id.append('-').append(v));
    return id.toString();
  }

  static String vectors(String flags) {
    if (flags.contains(" avx512f ")) {
      return "-avx512";
    }
    return flags.contains(" avx2 ") ? "-avx2" : "";
  }

  private static Optional<String> field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  private static List<String> cpuInfo() {
    try {
      return Files.isReadable(CPU) ? Files.readAllLines(CPU) : List.of();
    } catch (IOException e) {
      return List.of(); // The description is then shorter.
    }
  }
}
