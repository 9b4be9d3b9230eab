package io.buckbench.preflight;

import io.buckbench.model.Architecture;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Suite;
import java.nio.file.Path;
import java.util.Map;

/** Checks whether the machine has the main memory and disk space for the suite. */
final class HostChecks {
  /** For PyTorch's loaded CUDA libraries and Java's heap; an allowance. */
  private static final long HOST_OF_A_GPU = 4 * Sizes.GIB;

  /** The compressed CUDA jar has 2.46 GB; its unpacked libraries are assumed to need twice that. */
  private static final long UNPACKED_CUDA = 5 * Sizes.GIB;

  private static final long UNPACKED_CPU = Sizes.GIB / 2;

  /** Predictions, steps and ledger of one trial. */
  private static final long RECORD = 2 * Sizes.MIB;

  private HostChecks() {}

  /** Whether the program, and on a CPU the largest configuration too, fits into main memory. */
  static CheckResult mainMemory(Machine machine, MemoryNeed largest) {
    String check = "main memory";
    long needed = machine.gpuWanted() ? HOST_OF_A_GPU : MemoryEstimate.HOST_BYTES + largest.bytes();
    String why = machine.gpuWanted() ? "PyTorch for CUDA and Java" : largest.words();
    return MemoryNeed.check(
        check,
        machine.availableBytes(),
        " available",
        needed,
        why,
        machine.gpuWanted()
            ? "free memory, or use a larger machine"
            : "free memory, or lower batch_tokens, or lower batch_size and raise accumulation");
  }

  /** Whether the run store has room for the records and adapters of all trials. */
  static CheckResult diskForRuns(Machine machine, Path store, long bytes) {
    return disk(
        machine,
        "disk for runs",
        store,
        bytes,
        "the records and adapters of every trial",
        "free disk space, or name another directory with -Dbuckbench.runs=DIR");
  }

  /** Whether there is room to unpack PyTorch's libraries, unless they are unpacked. */
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
                    "free disk space, or name another directory in the variable DJL_CACHE_DIR"))
        .orElse(CheckResult.ok(check, "PyTorch's libraries are already unpacked"));
  }

  /**
   * Bytes that a suite's trials add to the run store; adapters are saved in float32.
   *
   * @param models the available models, by the id of their configuration
   */
  static long recordBytes(Suite suite, Map<String, Architecture> models) {
    long bytes = 0;
    for (Configuration row : suite.configurations()) {
      Architecture model = models.get(row.id());
      long parameters =
          row.method()
              .config()
              .filter(config -> model != null)
              .map(config -> config.trainableParameters(model))
              .orElse(0L);
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
