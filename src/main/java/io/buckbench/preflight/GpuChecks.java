package io.buckbench.preflight;

import io.buckbench.budget.PriceCard;
import io.buckbench.input.CsvRow;
import io.buckbench.suite.PrecisionChoice;
import io.buckbench.suite.Suite;
import io.buckbench.tensor.ComputeCapability;
import io.buckbench.tensor.Natives;
import io.buckbench.tensor.Precision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Checks whether the GPU can run the suite, has the memory, and is the one on the price card. */
final class GpuChecks {
  private GpuChecks() {}

  /** Which GPU is used: CUDA's first device. */
  static CheckResult gpu(Machine machine) {
    String check = "GPU";
    NvidiaSmi smi = machine.nvidiaSmi();
    if (smi.gpus().isEmpty()) {
      return CheckResult.failed(
          check,
          smi.unreadable().isEmpty()
              ? "no GPU in nvidia-smi's list"
              : "'" + smi.unreadable().get(0) + "' from nvidia-smi",
          "a GPU with its driver version, memory and compute capability",
          "run nvidia-smi by hand and fix what it reports");
    }
    String all = smi.gpus().stream().map(GpuChecks::words).collect(Collectors.joining("; "));
    if (machine.cudaDevice().isEmpty()) {
      return CheckResult.failed(
          check,
          "none that CUDA can use; nvidia-smi lists " + all,
          "a GPU that both list",
          "unset CUDA_VISIBLE_DEVICES or name one of them there; fix what other checks report");
    }
    PciBusId first = machine.cudaDevice().get();
    if (machine.gpu().isEmpty()) {
      return CheckResult.failed(
          check,
          "CUDA's first device at " + first + "; nvidia-smi lists " + all,
          "a GPU that both list",
          "make the same GPUs visible to this process and nvidia-smi (in a container: --gpus)");
    }
    String others = smi.gpus().size() == 1 ? "" : ", one of " + smi.gpus().size();
    return CheckResult.ok(check, words(machine.gpu().get()) + others);
  }

  /** Whether the native library contains machine code for the GPU. */
  static CheckResult computeCapability(Gpu gpu, String flavor) {
    String check = "compute capability";
    List<ComputeCapability> contained = Natives.capabilities(flavor);
    String all = contained.stream().map(ComputeCapability::sm).collect(Collectors.joining(" "));
    if (gpu.capability().isEmpty()) {
      return CheckResult.warning(
          check,
          "not reported by nvidia-smi",
          "one that runs code for " + all,
          "look up the GPU; drivers of CUDA 11.6 or newer report it");
    }
    ComputeCapability capability = gpu.capability().get();
    if (contained.stream().anyMatch(capability::runs)) {
      return CheckResult.ok(check, capability + ", the native library has code for " + all);
    }
    return CheckResult.failed(
        check,
        capability + ", for which the native library has no code",
        "a GPU that runs code for one of " + all,
        "use such a GPU, for example V100, T4, A100, L4 or H100");
  }

  /** Whether the largest configuration fits into the GPU's free memory. */
  static CheckResult deviceMemory(Gpu gpu, MemoryNeed largest) {
    String check = "device memory";
    String needed = largest.words() + " and the CUDA context";
    long bytes = largest.bytes() + MemoryEstimate.CUDA_CONTEXT_BYTES;
    if (largest.configuration().isEmpty()) {
      return CheckResult.warning(
          check,
          "no configuration whose model is available",
          "models for an estimate",
          "make the files of the models available");
    }
    if (gpu.freeBytes().isEmpty()) {
      return CheckResult.warning(
          check,
          "not reported by nvidia-smi, as for a MIG slice",
          Sizes.gib(bytes) + " free for " + needed,
          "compare this with the size of the slice");
    }
    return MemoryNeed.check(
        check,
        gpu.freeBytes().getAsLong(),
        " free",
        bytes,
        needed,
        "free the GPU, use a larger one, or lower batch_tokens, or lower batch_size and raise"
            + " accumulation");
  }

  /** The precisions of the configurations on this device, and whether it is fast at them. */
  static CheckResult precision(Suite suite, Optional<ComputeCapability> gpu) {
    String check = "precision";
    Map<Precision, Long> rows =
        suite.configurations().stream()
            .filter(row -> row.model().isPresent())
            .collect(
                Collectors.groupingBy(
                    row -> row.precision().on(gpu), TreeMap::new, Collectors.counting()));
    String found =
        rows.entrySet().stream()
            .map(e -> CsvRow.name(e.getKey()) + " for " + e.getValue() + " configurations")
            .collect(Collectors.joining(", "));
    boolean slow = PrecisionChoice.AUTO.on(gpu) == Precision.FLOAT32;
    return rows.containsKey(Precision.MIXED) && slow
        ? CheckResult.warning(
            check,
            found + ", on a device without fast float16 products",
            "float32, or a GPU of compute capability 7.0 or higher",
            "write auto in the column precision")
        : CheckResult.ok(check, found);
  }

  /** Whether other processes use the GPU; they would slow metered training. */
  static CheckResult otherProcesses(Gpu gpu, String processes) {
    String check = "other processes";
    List<String> others = NvidiaSmi.processes(processes, gpu.busId());
    return others.isEmpty()
        ? CheckResult.ok(check, "none uses the GPU")
        : CheckResult.warning(
            check,
            others.size() + " on the GPU: " + String.join("; ", others),
            "none, since they slow the training that the dollars are spent on",
            "end them, or consider this when reading the steps per dollar");
  }

  /** Whether a CPU would spend the seconds of a GPU. */
  static CheckResult onCpu(Machine machine, PriceCard card) {
    return CheckResult.failed(
        "price card",
        "%s is for %s, this is CPU %s".formatted(card.id(), card.device(), machine.processor()),
        "the device of the price card",
        "run it on a machine with such a GPU, or here with --anyway (in a build,"
            + " -Dbuckbench.anyway=true), which counts the seconds of this CPU as those of a "
            + card.device());
  }

  /** Whether the device is the one that the price cards are for. */
  static List<CheckResult> priceCards(Machine machine, Collection<PriceCard> cards) {
    String check = "price card";
    String actual =
        machine.gpuWanted()
            ? machine.gpu().map(Gpu::name).orElse("no GPU")
            : "CPU " + machine.processor();
    List<CheckResult> results = new ArrayList<>();
    for (PriceCard card : cards) {
      results.add(
          prices(card, machine.gpuWanted(), actual)
              ? CheckResult.ok(check, card.id() + " is for " + card.device() + ": " + actual)
              : CheckResult.warning(
                  check,
                  "%s is for %s, this is %s".formatted(card.id(), card.device(), actual),
                  "the device of the price card",
                  "read the results as dollars of a "
                      + card.device()
                      + " spent on another device, or name another row of prices.csv"));
    }
    return results;
  }

  private static boolean prices(PriceCard card, boolean gpu, String actual) {
    if (!gpu || card.isForCpu()) {
      return card.isForCpu() && !gpu;
    }
    // Compares whole words of a name such as "Tesla V100-SXM2-16GB": an A10 is not an A100.
    return List.of(actual.toUpperCase(Locale.ROOT).split("[^A-Z0-9]+"))
        .contains(card.device().toUpperCase(Locale.ROOT));
  }

  private static String words(Gpu gpu) {
    String memory = gpu.totalBytes().isPresent() ? Sizes.gib(gpu.totalBytes().getAsLong()) : "?";
    return gpu.name()
        + ", "
        + memory
        + ", compute capability "
        + gpu.capability().map(ComputeCapability::toString).orElse("not reported")
        + ", at "
        + gpu.busId();
  }
}
