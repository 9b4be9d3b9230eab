package io.buckbench.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.budget.PriceCard;
import io.buckbench.budget.PriceCards;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import io.buckbench.input.Problems;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Suite;
import io.buckbench.tensor.ComputeCapability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every check, on suitable and on unsuitable machines. */
class PreflightTest {
  private static final Suite SMOKE = Suite.read("smoke", Path.of(""), Path.of("datasets"));
  private static final MemoryNeed TEN_GIB = new MemoryNeed(Optional.of("big"), 10 * Sizes.GIB);

  private static PreflightReport report(Machine machine) {
    return new Preflight(machine, Path.of("target/runs"), (suite, problems) -> {}, () -> "fine")
        .of(SMOKE);
  }

  private static CheckResult result(Machine machine, String check) {
    return report(machine).results().stream()
        .filter(r -> r.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  private static Gpu gpu(String text) {
    return NvidiaSmi.parse(text).gpus().get(0);
  }

  private static PriceCard price(String id) {
    Problems problems = new Problems();
    PriceCard card =
        PriceCards.read(Path.of("benchmarks/prices.csv"), problems).find(id).orElseThrow();
    problems.throwIfAny();
    return card;
  }

  @ParameterizedTest
  @ValueSource(strings = {Machines.V100, Machines.T4, Machines.H100})
  void a_suitable_machine_passes(String gpu) {
    PreflightReport report = report(Machines.with(gpu));
    assertThat(report.passed()).as(report.table()).isTrue();
    assertThat(report.results())
        .extracting(CheckResult::check)
        .contains(
            "native library",
            "driver",
            "CUDA runtime",
            "GPU",
            "driver version",
            "compute capability",
            "device memory",
            "other processes",
            "main memory",
            "disk for runs",
            "disk for libraries",
            "models and data",
            "price card");
  }

  @Test
  void without_a_gpu_the_table_shows_what_to_do_and_that_nothing_was_spent() {
    PreflightReport report = report(Machines.withoutGpu());
    assertThat(report.passed()).isFalse();
    assertThat(report.with(CheckOutcome.FAILED))
        .extracting(CheckResult::check)
        .containsExactly("driver", "CUDA runtime");
    assertThat(report.table())
        .contains("no NVIDIA driver: neither libcuda nor nvidia-smi")
        .contains("run on a machine with a GPU and its driver")
        .contains("on a CPU without -Pgpu")
        .contains("nothing was trained, nothing was spent");
  }

  @Test
  void no_gpu_is_needed_if_the_cpu_is_requested() {
    PreflightReport report = report(Machines.cpu());
    assertThat(report.passed()).as(report.table()).isTrue();
    assertThat(report.with(CheckOutcome.NOT_NEEDED))
        .extracting(CheckResult::check)
        .contains("driver", "GPU", "compute capability", "device memory");
    assertThat(report.with(CheckOutcome.WARNING)).isEmpty();
  }

  @Test
  void all_failures_are_reported_together_as_errors() {
    Preflight preflight =
        new Preflight(
            Machines.withoutGpu(),
            Path.of("target/runs"),
            (suite, problems) -> problems.add("models.csv", "nothing", "a model", "fetch it"),
            () -> {
              throw new AssertionError("PyTorch must not be loaded without a driver");
            });
    Problems problems = new Problems();
    preflight.of(SMOKE).addTo(problems);
    assertThat(problems.list())
        .extracting(Problem::where)
        .containsExactly(
            "preflight, driver", "preflight, CUDA runtime", "preflight, models and data");
    assertThat(new InvalidInputException(problems.list()))
        .hasMessageContaining("models.csv: nothing, expected a model; fetch it");
  }

  @Test
  void the_cpu_build_of_pytorch_is_refused_on_a_gpu() {
    Machine m = Machines.with(Machines.V100);
    Machine cpuBuild =
        new Machine(
            true,
            "cpu",
            m.driverLibrary(),
            m.cudaRuntime(),
            m.cudaDevice(),
            m.gpuLines(),
            m.processes(),
            m.processor(),
            m.availableBytes(),
            m.nativeCache(),
            m.usableBytes());
    CheckResult result = result(cpuBuild, "native library");
    assertThat(result.outcome()).isEqualTo(CheckOutcome.FAILED);
    assertThat(result.todo()).contains("-Pgpu");
  }

  @Test
  void an_incomplete_driver_is_distinguished_from_a_missing_one() {
    Machine v100 = Machines.with(Machines.V100);
    assertThat(DriverChecks.driver(v100).outcome()).isEqualTo(CheckOutcome.OK);
    assertThat(DriverChecks.driver(driver(true, Optional.empty())).found())
        .isEqualTo("libcuda, but no nvidia-smi");
    assertThat(DriverChecks.driver(driver(false, Optional.of(Machines.V100))).found())
        .isEqualTo("nvidia-smi, but no libcuda");
  }

  private static Machine driver(boolean library, Optional<String> gpuLines) {
    return new Machine(
        true,
        "cu124",
        library,
        OptionalInt.of(12040),
        Optional.empty(),
        gpuLines,
        Optional.empty(),
        "",
        0,
        Optional.empty(),
        p -> 0);
  }

  @ParameterizedTest
  @CsvSource({
    "525.60.13, OK",
    "525.60.12, FAILED",
    "470.256.02, FAILED",
    "550.54.14, OK",
    "560.35, OK",
    "1000.1, OK"
  })
  void the_driver_must_support_cuda_12(String version, CheckOutcome outcome) {
    Gpu gpu = gpu("00000000:3B:00.0, Tesla T4, " + version + ", 1 MiB, 1 MiB, 7.5");
    assertThat(DriverChecks.driverVersion(gpu).outcome()).isEqualTo(outcome);
  }

  @Test
  void a_driver_older_than_that_of_the_toolkit_is_noted() {
    assertThat(DriverChecks.driverVersion(gpu(Machines.T4)).found())
        .isEqualTo("535.183.01, older than CUDA 12.4's, compatible within CUDA 12");
  }

  @ParameterizedTest
  @CsvSource({"12040, OK", "12000, OK", "11080, FAILED", "13000, FAILED"})
  void the_runtime_must_be_of_cuda_12(int version, CheckOutcome outcome) {
    Machine machine =
        new Machine(
            true,
            "cu124",
            true,
            OptionalInt.of(version),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "",
            0,
            Optional.empty(),
            p -> 0);
    assertThat(DriverChecks.cudaRuntime(machine).outcome()).isEqualTo(outcome);
  }

  @Test
  void an_error_message_of_nvidia_smi_is_shown() {
    CheckResult gpu = result(Machines.with(Machines.BROKEN), "GPU");
    assertThat(gpu.outcome()).isEqualTo(CheckOutcome.FAILED);
    assertThat(gpu.found()).startsWith("'NVIDIA-SMI has failed");
    assertThat(result(Machines.with("No devices were found"), "GPU").outcome())
        .isEqualTo(CheckOutcome.FAILED);
  }

  @Test
  void of_several_gpus_the_first_device_of_cuda_is_checked_and_priced() {
    Machine second = Machines.with(Machines.T4 + Machines.V100, PciBusId.parse("0000:3b:00.0"));
    assertThat(result(second, "GPU").outcome()).isEqualTo(CheckOutcome.OK);
    assertThat(result(second, "GPU").found())
        .isEqualTo(
            "Tesla V100-SXM2-16GB, 16.0 GiB, compute capability 7.0, at 0000:3B:00.0, one of 2");
    assertThat(result(second, "compute capability").found()).startsWith("7.0");
    assertThat(result(second, "device memory").found()).startsWith("15.8 GiB free");
    assertThat(GpuChecks.priceCards(second, List.of(price("paper-v100"))).get(0).outcome())
        .isEqualTo(CheckOutcome.OK);
  }

  @Test
  void gpus_that_are_hidden_from_cuda_are_refused() {
    CheckResult gpu = result(Machines.with(Machines.V100, Optional.empty()), "GPU");
    assertThat(gpu.outcome()).isEqualTo(CheckOutcome.FAILED);
    assertThat(gpu.found()).startsWith("none that CUDA can use; nvidia-smi lists Tesla V100");
    assertThat(gpu.todo()).startsWith("unset CUDA_VISIBLE_DEVICES or name one of them there");
    CheckResult other = result(Machines.with(Machines.V100, PciBusId.parse("0000:04:00.0")), "GPU");
    assertThat(other.outcome()).isEqualTo(CheckOutcome.FAILED);
    assertThat(other.found())
        .startsWith("CUDA's first device at 0000:04:00.0; nvidia-smi lists Tesla V100");
  }

  @Test
  void a_driver_that_is_too_old_for_cuda_to_find_a_gpu_is_reported() {
    Machine old = Machines.with(Machines.K80, Optional.empty());
    assertThat(report(old).with(CheckOutcome.FAILED))
        .extracting(CheckResult::check)
        .containsExactly("GPU", "driver version");
  }

  @Test
  void a_gpu_without_code_in_the_native_library_is_refused() {
    for (String gpu : List.of(Machines.K80, Machines.BLACKWELL)) {
      CheckResult result = GpuChecks.computeCapability(gpu(gpu), "cu124");
      assertThat(result.outcome()).isEqualTo(CheckOutcome.FAILED);
      assertThat(result.expected()).contains("sm_70");
    }
  }

  @Test
  void code_for_a_lower_minor_version_runs() {
    Gpu l4 = gpu("00000000:3B:00.0, NVIDIA L4, 535.1.2, 23034 MiB, 22563 MiB, 8.9");
    assertThat(GpuChecks.computeCapability(l4, "cu124").outcome()).isEqualTo(CheckOutcome.OK);
  }

  @Test
  void a_gpu_without_memory_for_the_largest_configuration_is_refused() {
    CheckResult result =
        GpuChecks.deviceMemory(
            gpu("00000000:3B:00.0, Tesla T4, 535.1.2, 15360 MiB, 6000 MiB, 7.5"), TEN_GIB);
    assertThat(result.outcome()).isEqualTo(CheckOutcome.FAILED);
    assertThat(result.expected()).contains("11.0 GiB for configuration big");
    assertThat(result.todo()).contains("batch_size");
    CheckResult tight =
        GpuChecks.deviceMemory(
            gpu("00000000:3B:00.0, Tesla T4, 535.1.2, 15360 MiB, 9000 MiB, 7.5"), TEN_GIB);
    assertThat(tight.outcome()).isEqualTo(CheckOutcome.WARNING);
    assertThat(tight.expected()).endsWith("by an estimate that may be high");
    assertThat(GpuChecks.deviceMemory(gpu(Machines.V100), TEN_GIB).outcome())
        .isEqualTo(CheckOutcome.OK);
  }

  @Test
  void memory_that_is_unknown_is_a_warning() {
    assertThat(GpuChecks.deviceMemory(gpu(Machines.MIG), TEN_GIB).outcome())
        .isEqualTo(CheckOutcome.WARNING);
    assertThat(GpuChecks.deviceMemory(gpu(Machines.V100), MemoryNeed.UNKNOWN).outcome())
        .isEqualTo(CheckOutcome.WARNING);
  }

  @Test
  void another_process_on_the_gpu_is_a_warning() {
    String processes =
        """
        00000000:3B:00.0, 4711, python3, 3012 MiB
        00000000:04:00.0, 4712, java, 12 MiB
        """;
    CheckResult result = GpuChecks.otherProcesses(gpu(Machines.V100), processes);
    assertThat(result.outcome()).isEqualTo(CheckOutcome.WARNING);
    assertThat(result.found()).isEqualTo("1 on the GPU: 4711, python3, 3012 MiB");
    assertThat(GpuChecks.otherProcesses(gpu(Machines.H100), processes).outcome())
        .isEqualTo(CheckOutcome.OK);
  }

  @Test
  void a_price_card_for_another_device_is_a_warning() {
    List<PriceCard> v100 = List.of(price("paper-v100"));
    assertThat(GpuChecks.priceCards(Machines.with(Machines.V100), v100))
        .extracting(CheckResult::outcome)
        .containsExactly(CheckOutcome.OK);
    CheckResult onH100 = GpuChecks.priceCards(Machines.with(Machines.H100), v100).get(0);
    assertThat(onH100.outcome()).isEqualTo(CheckOutcome.WARNING);
    assertThat(onH100.found()).isEqualTo("paper-v100 is for V100, this is NVIDIA H100 80GB HBM3");
    assertThat(GpuChecks.priceCards(Machines.cpu(), v100).get(0).outcome())
        .isEqualTo(CheckOutcome.WARNING);
    assertThat(GpuChecks.priceCards(Machines.with(Machines.V100), List.of(price("cpu-2"))))
        .extracting(CheckResult::outcome)
        .containsExactly(CheckOutcome.WARNING);
  }

  @Test
  void the_device_of_a_price_card_is_a_whole_word_of_the_gpus_name() {
    Machine a10 = Machines.with("00000000:3B:00.0, NVIDIA A10, 535.1.2, 23028 MiB, 22515 MiB, 8.6");
    Machine a100 = Machines.with(Machines.MIG);
    List<PriceCard> prices = List.of(price("gcp-a100"));
    assertThat(GpuChecks.priceCards(a10, prices).get(0).outcome()).isEqualTo(CheckOutcome.WARNING);
    assertThat(GpuChecks.priceCards(a100, prices).get(0).outcome()).isEqualTo(CheckOutcome.OK);
  }

  @Test
  void mixed_precision_on_a_device_with_slow_float16_products_is_a_warning(@TempDir Path folder)
      throws IOException {
    Suite mixed = inPrecision("mixed", folder);
    assertThat(GpuChecks.precision(mixed, Optional.empty()).outcome())
        .isEqualTo(CheckOutcome.WARNING);
    assertThat(GpuChecks.precision(mixed, Optional.of(new ComputeCapability(6, 0))).todo())
        .isEqualTo("write auto in the column precision");
    assertThat(GpuChecks.precision(mixed, Optional.of(ComputeCapability.VOLTA)).found())
        .isEqualTo("mixed for 11 configurations");
    Suite auto = inPrecision("auto", folder);
    assertThat(GpuChecks.precision(auto, Optional.empty()).found())
        .isEqualTo("float32 for 11 configurations");
    assertThat(GpuChecks.precision(auto, Optional.of(ComputeCapability.VOLTA)).found())
        .isEqualTo("mixed for 11 configurations");
    assertThat(GpuChecks.precision(SMOKE, Optional.of(ComputeCapability.VOLTA)).found())
        .isEqualTo("float32 for 11 configurations");
  }

  /** The smoke suite with the optional column {@code precision}. */
  private static Suite inPrecision(String value, Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("benchmarks/smoke.csv"))) {
      boolean header = line.startsWith("id,");
      boolean noModel = line.startsWith("all-yes,");
      lines.add(
          line.startsWith("#")
              ? line
              : line + (header ? ",precision" : noModel ? "," : "," + value));
    }
    Problems problems = new Problems();
    Benchmarks benchmarks = Benchmarks.read(Path.of(""), Path.of("datasets"), problems);
    Suite suite = Suite.read(Files.write(folder.resolve("smoke.csv"), lines), benchmarks, problems);
    problems.throwIfAny();
    return suite;
  }

  @Test
  void pytorch_multiplies_in_both_precisions() {
    assertThat(PyTorchCheck.check(PyTorchCheck::products).found())
        .isEqualTo("2.5.1 multiplies on cpu");
  }

  @Test
  void a_failure_of_pytorch_is_reported_with_its_root_cause() {
    CheckResult result =
        PyTorchCheck.check(
            () -> {
              throw new ExceptionInInitializerError(
                  new IllegalStateException("outer", new UnsatisfiedLinkError("no libcudnn.so.9")));
            });
    assertThat(result.outcome()).isEqualTo(CheckOutcome.FAILED);
    assertThat(result.found()).isEqualTo("no libcudnn.so.9");
    assertThat(result.todo()).contains("DJL_CACHE_DIR");
  }

  @Test
  void too_little_main_memory_is_refused() {
    Machine small = memory(Machines.cpu(), Sizes.GIB);
    assertThat(HostChecks.mainMemory(small, TEN_GIB).outcome()).isEqualTo(CheckOutcome.FAILED);
    assertThat(HostChecks.mainMemory(Machines.cpu(), TEN_GIB).outcome()).isEqualTo(CheckOutcome.OK);
    assertThat(
            HostChecks.mainMemory(memory(Machines.with(Machines.V100), Sizes.GIB), TEN_GIB).todo())
        .isEqualTo("free memory, or use a larger machine");
  }

  private static Machine memory(Machine m, long available) {
    return new Machine(
        m.gpuWanted(),
        m.nativeFlavor(),
        m.driverLibrary(),
        m.cudaRuntime(),
        m.cudaDevice(),
        m.gpuLines(),
        m.processes(),
        m.processor(),
        available,
        m.nativeCache(),
        m.usableBytes());
  }

  @Test
  void a_full_disk_is_refused_with_what_to_do() {
    Machine m = Machines.withoutGpu();
    Machine full =
        new Machine(
            true,
            m.nativeFlavor(),
            false,
            m.cudaRuntime(),
            m.cudaDevice(),
            m.gpuLines(),
            m.processes(),
            m.processor(),
            m.availableBytes(),
            m.nativeCache(),
            path -> Sizes.MIB);
    assertThat(result(full, "disk for runs").outcome()).isEqualTo(CheckOutcome.FAILED);
    assertThat(result(full, "disk for runs").todo()).contains("-Dbuckbench.runs=DIR");
    assertThat(result(full, "disk for libraries").outcome()).isEqualTo(CheckOutcome.FAILED);
    assertThat(result(full, "disk for libraries").todo()).contains("DJL_CACHE_DIR");
  }

  @Test
  void the_shipped_suite_passes_on_this_machine() {
    assertThat(MachineProbe.here("cpu").availableBytes()).isGreaterThan(0);
    assertThat(report(MachineProbe.here("cpu")).passed()).isTrue();
  }
}
