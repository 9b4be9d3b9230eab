package io.buckbench.preflight;

import io.buckbench.budget.PriceCard;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.ModelEntry;
import io.buckbench.suite.Suite;
import io.buckbench.tensor.ComputeCapability;
import io.buckbench.trial.TrialRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Makes every check of a suite, all of them, whatever fails. */
public final class Preflight {
  private final Machine machine;
  private final Path store;
  private final BiConsumer<Suite, Problems> files;
  private final Supplier<String> products;

  /**
   * @param store where run records will lie
   * @param files notes what is wrong with the files a suite names
   * @param products computes something on the device and says where
   */
  Preflight(
      Machine machine, Path store, BiConsumer<Suite, Problems> files, Supplier<String> products) {
    this.products = products;
    this.machine = machine;
    this.store = store;
    this.files = files;
  }

  /**
   * The checks of this machine, for the device that {@code -Dbuckbench.device} names.
   *
   * @param store where run records will lie
   * @param runner knows how to check models and data
   */
  public static Preflight here(Path store, TrialRunner runner) {
    String device = System.getProperty("buckbench.device", "auto");
    return new Preflight(MachineProbe.here(device), store, runner::check, PyTorchCheck::products);
  }

  /** Makes the checks; trains and writes nothing. */
  public PreflightReport of(Suite suite) {
    Map<String, Architecture> models = models(suite);
    LargestRow largest = largest(suite, models);
    List<CheckResult> results = new ArrayList<>(device(largest));
    results.add(HostChecks.mainMemory(machine, largest));
    results.add(HostChecks.diskForRuns(machine, store, recordBytes(suite, models)));
    results.add(HostChecks.diskForLibraries(machine));
    if (results.stream().noneMatch(r -> r.outcome() == CheckOutcome.FAILED)) {
      // Only now, since PyTorch would trip over what failed above with a message of its own.
      results.add(PyTorchCheck.check(products));
    }
    results.addAll(files(suite));
    results.add(GpuChecks.precision(suite, capability()));
    if (!machine.gpuWanted() || machine.gpu().isPresent()) {
      results.addAll(GpuChecks.priceCards(machine, priceCards(suite)));
    }
    return new PreflightReport(suite.name(), results);
  }

  private List<CheckResult> device(LargestRow largest) {
    if (!machine.gpuWanted()) {
      return List.of(
          CheckResult.notNeeded("native library"),
          CheckResult.notNeeded("driver"),
          CheckResult.notNeeded("CUDA runtime"),
          CheckResult.notNeeded("GPU"),
          CheckResult.notNeeded("driver version"),
          CheckResult.notNeeded("compute capability"),
          CheckResult.notNeeded("device memory"),
          CheckResult.notNeeded("other processes"));
    }
    List<CheckResult> results = new ArrayList<>();
    results.add(DriverChecks.nativeLibrary(machine));
    results.add(DriverChecks.driver(machine));
    results.add(DriverChecks.cudaRuntime(machine));
    if (machine.gpuLines().isPresent()) {
      results.add(GpuChecks.gpu(machine));
    }
    // One driver serves all of them, and where it is too old CUDA finds none.
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

  /** Models and data as {@link TrialRunner#check} finds them. */
  private List<CheckResult> files(Suite suite) {
    String check = "models and data";
    Problems problems = new Problems();
    files.accept(suite, problems);
    if (problems.isEmpty()) {
      return List.of(CheckResult.ok(check, "present and verified"));
    }
    return problems.list().stream().map(p -> failed(check, p)).toList();
  }

  private static CheckResult failed(String check, Problem p) {
    return CheckResult.failed(check, p.where() + ": " + p.found(), p.expected(), p.todo());
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
      return Optional.empty(); // The check of files tells it.
    }
  }

  private LargestRow largest(Suite suite, Map<String, Architecture> models) {
    return LargestRow.of(
        suite.configurations().stream()
            .filter(row -> models.containsKey(row.id()))
            .map(
                row ->
                    new LargestRow.Need(
                        row.id(),
                        MemoryEstimate.bytes(
                            row, models.get(row.id()), row.precision().on(capability()))))
            .toList());
  }

  private static long recordBytes(Suite suite, Map<String, Architecture> models) {
    Map<String, Optional<Long>> trainable = new LinkedHashMap<>();
    for (Configuration row : suite.configurations()) {
      trainable.put(
          row.id(),
          row.method()
              .config()
              .filter(c -> models.containsKey(row.id()))
              .map(c -> c.trainableParameters(models.get(row.id()))));
    }
    return HostChecks.recordBytes(suite, trainable);
  }

  private static Set<PriceCard> priceCards(Suite suite) {
    Set<PriceCard> cards = new LinkedHashSet<>();
    suite.configurations().forEach(row -> cards.add(row.priceCard()));
    return cards;
  }
}
