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

/** Whether the GPU can run the suite, has memory for it, and is the one that it is priced for. */
final class GpuChecks {
  private GpuChecks() {}

  /** Which GPU trains: the one that CUDA counts first. */
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
          "one that both know",
          "unset CUDA_VISIBLE_DEVICES or name one of them there; fix what other checks report");
    }
    PciBusId first = machine.cudaDevice().get();
    if (machine.gpu().isEmpty()) {
      return CheckResult.failed(
          check,
          "CUDA's first device at " + first + "; nvidia-smi lists " + all,
          "one that both know",
          "show this process and nvidia-smi the same GPUs (in a container: with --gpus)");
    }
    String others = smi.gpus().size() == 1 ? "" : ", one of " + smi.gpus().size();
    return CheckResult.ok(check, words(machine.gpu().get()) + others);
  }

  /** Whether the native library carries machine code for the GPU. */
  static CheckResult computeCapability(Gpu gpu, String flavor) {
    String check = "compute capability";
    List<ComputeCapability> carried = Natives.capabilities(flavor);
    String all = carried.stream().map(ComputeCapability::sm).collect(Collectors.joining(" "));
    if (gpu.capability().isEmpty()) {
      return CheckResult.warning(
          check,
          "not reported by nvidia-smi",
          "one that runs code for " + all,
          "look the GPU up; a driver of CUDA 11.6 or newer reports it");
    }
    ComputeCapability capability = gpu.capability().get();
    if (carried.stream().anyMatch(capability::runs)) {
      return CheckResult.ok(check, capability + ", the native library carries " + all);
    }
    return CheckResult.failed(
        check,
        capability + ", for which the native library carries nothing",
        "a GPU that runs code for one of " + all,
        "take such a GPU, for example V100, T4, A100, L4 or H100");
  }

  /** Whether the GPU's free memory holds the largest row. */
  static CheckResult deviceMemory(Gpu gpu, LargestRow largest) {
    String check = "device memory";
    String needed = largest.words() + ", with CUDA's own share";
    long bytes = largest.bytes() + MemoryEstimate.CUDA_CONTEXT_BYTES;
    if (largest.row().isEmpty()) {
      return CheckResult.warning(
          check,
          "no row whose model is here",
          "models to estimate from",
          "make the model's files available");
    }
    if (gpu.freeBytes().isEmpty()) {
      return CheckResult.warning(
          check,
          "not reported by nvidia-smi, as for a MIG slice",
          Sizes.gib(bytes) + " free for " + needed,
          "compare with the slice's size");
    }
    return LargestRow.check(
        check,
        gpu.freeBytes().getAsLong(),
        " free",
        bytes,
        needed,
        "free the GPU, take a larger one, or lower the row's batch_size and raise accumulation");
  }

  /** What rows are computed in here, and whether the device is good at it. */
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
            .map(e -> CsvRow.name(e.getKey()) + " for " + e.getValue() + " rows")
            .collect(Collectors.joining(", "));
    boolean slow = PrecisionChoice.AUTO.on(gpu) == Precision.FLOAT32;
    return rows.containsKey(Precision.MIXED) && slow
        ? CheckResult.warning(
            check,
            found + ", on a device without fast float16 products",
            "float32 here, or a GPU of compute capability 7.0 or more",
            "write auto in the column precision")
        : CheckResult.ok(check, found);
  }

  /** Whether nothing else computes on the GPU; it would make a metered second worth less. */
  static CheckResult otherProcesses(Gpu gpu, String processes) {
    String check = "other processes";
    List<String> others = NvidiaSmi.processes(processes, gpu.busId());
    return others.isEmpty()
        ? CheckResult.ok(check, "none computes on the GPU")
        : CheckResult.warning(
            check,
            others.size() + " on the GPU: " + String.join("; ", others),
            "none, since another process slows the training that dollars are counted for",
            "end them, or read the steps per dollar with that in mind");
  }

  /** Whether the device is the one whose dollars the rows count. */
  static List<CheckResult> priceCards(Machine machine, Collection<PriceCard> cards) {
    String check = "price card";
    String actual =
        machine.gpuWanted()
            ? machine.gpu().map(Gpu::name).orElse("no GPU")
            : "CPU " + machine.processor();
    List<CheckResult> results = new ArrayList<>();
    for (PriceCard card : cards) {
      if (prices(card, machine.gpuWanted(), actual)) {
        results.add(CheckResult.ok(check, card.id() + " prices " + card.device() + ": " + actual));
      } else {
        results.add(
            CheckResult.warning(
                check,
                "%s counts dollars of %s, this is %s".formatted(card.id(), card.device(), actual),
                "the device that the price card is for",
                "take the results for a "
                    + card.device()
                    + "'s dollar spent on another device, or name another row of prices.csv"));
      }
    }
    return results;
  }

  private static boolean prices(PriceCard card, boolean gpu, String actual) {
    boolean forCpu = card.device().toUpperCase(Locale.ROOT).startsWith("CPU");
    if (!gpu || forCpu) {
      return forCpu && !gpu;
    }
    // Whole words of a name such as "Tesla V100-SXM2-16GB": an A10 is no A100.
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
