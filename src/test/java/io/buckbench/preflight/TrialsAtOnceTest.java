package io.buckbench.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import io.buckbench.suite.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialsAtOnceTest {
  @TempDir Path dir;
  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(dir);
    TinyProject.fill(dir);
  }

  private List<Trial> trials(String threads, String seeds) {
    return project
        .onlyRow("a", "threads=" + threads, "seeds=" + seeds)
        .row("b", "threads=1", "seeds=1")
        .write()
        .read()
        .trials();
  }

  private static TrialsAtOnce on(int processors, long availableBytes) {
    Machine m = Machines.cpu();
    return new TrialsAtOnce(
        new Machine(
            false,
            m.nativeFlavor(),
            m.driverLibrary(),
            m.cudaRuntime(),
            m.cudaDevice(),
            m.gpuLines(),
            m.processes(),
            m.processor(),
            availableBytes,
            m.nativeCache(),
            m.usableBytes()),
        processors);
  }

  @Test
  void processors_memory_or_the_number_of_trials_is_the_limit() {
    List<Trial> nine = trials("1", "1 2 3 4 5 6 7 8");
    assertThat(on(4, 100 * Sizes.GIB).of(nine)).isEqualTo(4);
    assertThat(on(64, 100 * Sizes.GIB).of(nine)).isEqualTo(9);
    // A process needs 1.4 times half a gibibyte and the few mebibytes of the tiny model.
    assertThat(on(64, 2 * Sizes.GIB).of(nine)).isEqualTo(2);
    assertThat(on(4, Sizes.MIB).of(nine)).isEqualTo(1);
  }

  @Test
  void the_row_with_most_threads_decides() {
    assertThat(on(8, 100 * Sizes.GIB).of(trials("3", "1 2 3 4"))).isEqualTo(2);
    assertThat(on(2, 100 * Sizes.GIB).of(trials("3", "1 2 3 4"))).isEqualTo(1);
  }

  @Test
  void a_gpu_runs_one_trial() {
    TrialsAtOnce gpu = new TrialsAtOnce(Machines.with(Machines.V100), 64);
    assertThat(gpu.onGpu()).isTrue();
    assertThat(gpu.of(trials("1", "1 2 3"))).isEqualTo(1);
  }
}
