package io.buckbench.preflight;

import io.buckbench.budget.PriceCard;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.ModelEntry;
import io.buckbench.suite.Suite;
import io.buckbench.tensor.ComputeCapability;
import io.buckbench.trial.TrialRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes all checks of a suite, even if some fail. */
public final class Preflight {
  private static final List<String> GPU_CHECKS =
      List.of(
          "native library",
          "driver",
          "CUDA runtime",
          "GPU",
          "driver version",
          "compute capability",
          "device memory",
          "other processes");

  private final Machine machine;
  private final boolean anyway;
  private final Path store;
  private final BiConsumer<Suite, Problems> files;
  private final Supplier<String> products;

  /**
   * @param anyway whether a suite may run on a CPU although it is priced for a GPU
   * @param store directory of the run records
   * @param files reports problems with the files that a suite names
   * @param products computes on the device and describes it
   */
  Preflight(
      Machine machine,
      boolean anyway,
      Path store,
      BiConsumer<Suite, Problems> files,
      Supplier<String> products) {
    this.products = products;
    this.machine = machine;
    this.anyway = anyway;
    this.store = store;
    this.files = files;
  }

  Preflight(
      Machine machine, Path store, BiConsumer<Suite, Problems> files, Supplier<String> products) {
    this(machine, false, store, files, products);
  }

  /**
   * Creates the checks for this machine and the device in {@code -Dbuckbench.device}. With {@code
   * auto} that is the GPU, if there is one or if the suite is priced for one.
   *
   * @param store directory of the run records
   * @param runner checks models and data
   * @param suite the suite that is to be checked
   * @param anyway whether it may run on a CPU although it is priced for a GPU
   */
  public static Preflight here(Path store, TrialRunner runner, Suite suite, boolean anyway) {
    String device = System.getProperty("buckbench.device", "auto");
    boolean gpu = device.equalsIgnoreCase("auto") && !anyway && isPricedForGpu(suite);
    return new Preflight(
        MachineProbe.here(gpu ? "gpu" : device),
        anyway,
        store,
        runner::check,
        PyTorchCheck::products);
  }

  private static boolean isPricedForGpu(Suite suite) {
    return suite.configurations().stream().anyMatch(row -> !row.priceCard().isForCpu());
  }

  /** Makes the checks. Nothing is trained or written. */
  public PreflightReport of(Suite suite) {
    Map<String, Architecture> models = models(suite);
    MemoryNeed largest = largest(suite, models);
    List<CheckResult> results = new ArrayList<>(device(largest));
    results.add(HostChecks.mainMemory(machine, largest));
    results.add(HostChecks.diskForRuns(machine, store, HostChecks.recordBytes(suite, models)));
    results.add(HostChecks.diskForLibraries(machine));
    if (results.stream().noneMatch(r -> r.outcome() == CheckOutcome.FAILED)) {
      // After a failure above, PyTorch would fail too, with a less helpful message.
      results.add(PyTorchCheck.check(products));
    }
    results.addAll(files(suite));
    results.add(SpeedCheck.of(suite));
    results.add(GpuChecks.precision(suite, capability()));
    if (!machine.gpuWanted() || machine.gpu().isPresent()) {
      results.addAll(priceCards(suite));
    }
    return new PreflightReport(suite.name(), results);
  }

  private List<CheckResult> priceCards(Suite suite) {
    Map<Boolean, List<PriceCard>> cards =
        suite.configurations().stream()
            .map(Configuration::priceCard)
            .distinct()
            .collect(
                Collectors.partitioningBy(
                    card -> !anyway && !machine.gpuWanted() && !card.isForCpu()));
    List<CheckResult> results = new ArrayList<>();
    cards.get(true).forEach(card -> results.add(GpuChecks.onCpu(machine, card)));
    results.addAll(GpuChecks.priceCards(machine, cards.get(false)));
    return results;
  }

  private List<CheckResult> device(MemoryNeed largest) {
    if (!machine.gpuWanted()) {
      return GPU_CHECKS.stream().map(CheckResult::notNeeded).toList();
    }
    List<CheckResult> results = new ArrayList<>();
    results.add(DriverChecks.nativeLibrary(machine));
    results.add(DriverChecks.driver(machine));
    results.add(DriverChecks.cudaRuntime(machine));
    if (machine.gpuLines().isPresent()) {
      results.add(GpuChecks.gpu(machine));
    }
    // All GPUs share one driver. CUDA finds no GPU if it is too old.
    machine.nvidiaSmi().gpus().stream()
        .findFirst()
        .ifPresent(any -> results.add(DriverChecks.driverVersion(any)));
    machine
        .gpu()
        .ifPresent(
            gpu -> {
              results.add(GpuChecks.computeCapability(gpu, machine.nativeFlavor()));
              results.add(GpuChecks.deviceMemory(gpu, largest));
              results.add(GpuChecks.otherProcesses(gpu, machine.processes().orElse("")));
            });
    return results;
  }

  private Optional<ComputeCapability> capability() {
    return machine.gpuWanted() ? machine.gpu().flatMap(Gpu::capability) : Optional.empty();
  }

  /** Checks models and data with {@link TrialRunner#check}. */
  private List<CheckResult> files(Suite suite) {
    String check = "models and data";
    Problems problems = new Problems();
    files.accept(suite, problems);
    if (problems.isEmpty()) {
      return List.of(CheckResult.ok(check, "present and verified"));
    }
    return problems.list().stream()
        .map(p -> CheckResult.failed(check, p.where() + ": " + p.found(), p.expected(), p.todo()))
        .toList();
  }

  private static Map<String, Architecture> models(Suite suite) {
    Map<String, Architecture> models = new LinkedHashMap<>();
    for (Configuration row : suite.configurations()) {
      row.model()
          .map(ModelEntry::directory)
          .flatMap(Preflight::model)
          .ifPresent(model -> models.put(row.id(), model));
    }
    return models;
  }

  private static Optional<Architecture> model(Path directory) {
    try {
      return Optional.of(Architecture.read(directory));
    } catch (InvalidInputException e) {
      return Optional.empty(); // The check of the files reports it.
    }
  }

  private MemoryNeed largest(Suite suite, Map<String, Architecture> models) {
    return suite.configurations().stream()
        .filter(row -> models.containsKey(row.id()))
        .map(row -> need(row, models.get(row.id())))
        .max(Comparator.comparingLong(MemoryNeed::bytes))
        .orElse(MemoryNeed.UNKNOWN);
  }

  private MemoryNeed need(Configuration row, Architecture model) {
    return new MemoryNeed(
        Optional.of(row.id()), MemoryEstimate.bytes(row, model, row.precision().on(capability())));
  }
}
