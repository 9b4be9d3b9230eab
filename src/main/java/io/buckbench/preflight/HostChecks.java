package io.buckbench.preflight;

import io.buckbench.suite.Suite;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Whether the machine around the GPU has memory and disk for the suite. */
final class HostChecks {
  /** PyTorch's CUDA libraries once loaded, and Java's heap; an allowance. */
  private static final long HOST_OF_A_GPU = 4 * Sizes.GIB;

  /** The CUDA jar is 2.46 GB packed; twice that is allowed for its libraries unpacked. */
  private static final long UNPACKED_CUDA = 5 * Sizes.GIB;

  private static final long UNPACKED_CPU = Sizes.GIB / 2;

  /** Predictions, steps and ledger of a trial. */
  private static final long RECORD = 2 * Sizes.MIB;

  private HostChecks() {}

  /** Whether main memory holds the program, and on a CPU the largest row too. */
  static CheckResult mainMemory(Machine machine, LargestRow largest) {
    String check = "main memory";
    long needed = machine.gpuWanted() ? HOST_OF_A_GPU : MemoryEstimate.HOST_BYTES + largest.bytes();
    String why = machine.gpuWanted() ? "PyTorch for CUDA and Java" : largest.words();
    return LargestRow.check(
        check,
        machine.availableBytes(),
        " available",
        needed,
        why,
        machine.gpuWanted()
            ? "free memory, or take a larger machine"
            : "free memory, or lower the row's batch_size and raise accumulation");
  }

  /** Whether the run store can take every trial's record with its adapter. */
  static CheckResult diskForRuns(Machine machine, Path store, long bytes) {
    return disk(
        machine,
        "disk for runs",
        store,
        bytes,
        "the records and adapters of every trial",
        "free the place, or name another with -Dbuckbench.runs=DIR");
  }

  /** Whether PyTorch's libraries can be unpacked, where that is still to be done. */
  static CheckResult diskForLibraries(Machine machine) {
    String check = "disk for libraries";
    return machine
        .nativeCache()
        .map(
            folder ->
                disk(
                    machine,
                    check,
                    folder,
                    machine.nativeFlavor().equals("cpu") ? UNPACKED_CPU : UNPACKED_CUDA,
                    "PyTorch's libraries, unpacked once",
                    "free the place, or name another in the variable DJL_CACHE_DIR"))
        .orElse(CheckResult.ok(check, "PyTorch's libraries are unpacked already"));
  }

  /** What a suite's trials leave in the run store: an adapter is saved in float32. */
  static long recordBytes(Suite suite, Map<String, Optional<Long>> trainableParameters) {
    long bytes = 0;
    for (var row : suite.configurations()) {
      long parameters = trainableParameters.get(row.id()).orElse(0L);
      bytes += row.seeds().size() * (RECORD + Float.BYTES * parameters);
    }
    return bytes;
  }

  private static CheckResult disk(
      Machine machine, String check, Path folder, long bytes, String what, String todo) {
    long usable = machine.usableBytes().applyAsLong(folder);
    String words = "about " + Sizes.gib(bytes) + " for " + what;
    String free = Sizes.gib(usable) + " free at " + folder;
    return usable >= bytes
        ? CheckResult.ok(check, free + ", " + words)
        : CheckResult.failed(check, free, words, todo);
  }
}
