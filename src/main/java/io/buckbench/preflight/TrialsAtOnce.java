package io.buckbench.preflight;

import io.buckbench.model.Architecture;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.ModelEntry;
import io.buckbench.suite.Trial;
import java.util.List;
import java.util.Optional;

/**
 * Determines how many trials this machine can run at the same time, each in its own process: by
 * processors and main memory on a CPU, and one on a GPU, since CUDA's first device is used.
 */
public final class TrialsAtOnce {
  /**
   * The peak of a process on a CPU was up to 1.35 times the estimate (docs/families.md): it also
   * has what the allocator and the Java heap keep.
   */
  static final double PROCESS = 1.4;

  private final Machine machine;
  private final int processors;

  TrialsAtOnce(Machine machine, int processors) {
    this.machine = machine;
    this.processors = processors;
  }

  /** For this machine and the device in {@code -Dbuckbench.device}. */
  public static TrialsAtOnce here() {
    return new TrialsAtOnce(
        MachineProbe.here(System.getProperty("buckbench.device", "auto")),
        Runtime.getRuntime().availableProcessors());
  }

  /** Whether the trials use a GPU, and only one of them can run. */
  public boolean onGpu() {
    return machine.gpuWanted();
  }

  /**
   * The least of: the processors over the threads of a trial, the available memory over {@value
   * #PROCESS} times the estimated bytes of a trial's process, and the number of trials. At least 1.
   * Threads and bytes are the largest of all trials.
   */
  public int of(List<Trial> trials) {
    if (onGpu()) {
      return 1;
    }
    List<Configuration> rows = trials.stream().map(Trial::configuration).distinct().toList();
    int threads = rows.stream().mapToInt(Configuration::threads).max().orElse(1);
    long bytes =
        MemoryEstimate.HOST_BYTES + rows.stream().mapToLong(TrialsAtOnce::bytes).max().orElse(0);
    long inMemory = (long) (machine.availableBytes() / (PROCESS * bytes));
    long most = Math.min(trials.size(), Math.min(processors / threads, inMemory));
    return (int) Math.max(1, most);
  }

  private static long bytes(Configuration row) {
    Optional<Architecture> model = row.model().map(ModelEntry::directory).map(Architecture::read);
    return model
        .map(m -> MemoryEstimate.bytes(row, m, row.precision().on(Optional.empty())))
        .orElse(0L);
  }
}
