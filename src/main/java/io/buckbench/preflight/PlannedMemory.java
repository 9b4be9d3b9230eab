package io.buckbench.preflight;

import io.buckbench.budget.PriceCard;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.Architecture;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.ModelEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The memory that a configuration is estimated to need on the device of a price card, which need
 * not be this machine's. The shape of a model that is not there is read from {@code
 * benchmarks/shapes}.
 *
 * @param bytes on a GPU with the CUDA context, on a CPU with Java and PyTorch
 * @param fit whether the device of the card has them
 */
public record PlannedMemory(long bytes, Fit fit) {
  /** Whether a need fits a memory, by an estimate that may be high. */
  public enum Fit {
    YES,
    /** The estimate does not fit, but it may be too high. */
    PERHAPS,
    NO,
    /** It is a CPU, or a device that {@link KnownGpu} does not list. */
    UNKNOWN;

    /** The word in a table. */
    public String word() {
      return this == UNKNOWN ? "?" : name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The need of a configuration.
   *
   * @return empty if the shape of its model is not known
   */
  public static Optional<PlannedMemory> of(
      Configuration row, PriceCard card, Benchmarks benchmarks) {
    Optional<KnownGpu> gpu = KnownGpu.find(card.device());
    if (row.model().isEmpty()) {
      return Optional.of(new PlannedMemory(0, Fit.YES));
    }
    return shape(row.model().get(), benchmarks)
        .map(
            model -> {
              long own =
                  MemoryEstimate.bytes(
                      row, model, row.precision().on(gpu.map(KnownGpu::capability)));
              long bytes =
                  own
                      + (card.isForCpu()
                          ? MemoryEstimate.HOST_BYTES
                          : MemoryEstimate.CUDA_CONTEXT_BYTES);
              return new PlannedMemory(bytes, gpu.map(g -> fit(bytes, g)).orElse(Fit.UNKNOWN));
            });
  }

  private static Fit fit(long bytes, KnownGpu gpu) {
    if (bytes <= gpu.usableBytes()) {
      return Fit.YES;
    }
    return bytes <= gpu.usableBytes() * MemoryEstimate.MAY_BE_HIGH ? Fit.PERHAPS : Fit.NO;
  }

  private static Optional<Architecture> shape(ModelEntry model, Benchmarks benchmarks) {
    Path shapes = benchmarks.directory().resolve("shapes").resolve(model.id());
    Optional<Path> folder =
        Stream.of(model.directory(), shapes)
            .filter(f -> Files.isRegularFile(f.resolve("config.json")))
            .findFirst();
    try {
      return folder.map(Architecture::read);
    } catch (InvalidInputException e) {
      return Optional.empty(); // Reported by the check of the files.
    }
  }
}
