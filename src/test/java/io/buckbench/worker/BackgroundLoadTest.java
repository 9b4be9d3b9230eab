package io.buckbench.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.record.RunStore;
import io.buckbench.suite.Project;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import io.buckbench.suite.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // the load is used only for its close()
class BackgroundLoadTest {
  @TempDir Path dir;

  @Test
  void a_process_runs_until_it_is_closed_and_leaves_no_record() throws Exception {
    TinyProject.fill(dir);
    List<Trial> trials = new ProjectFixture(dir).row("a", "seeds=1").write().read().trials();
    List<ProcessHandle> before = ProcessHandle.current().children().toList();
    List<ProcessHandle> started;
    try (BackgroundLoad load = BackgroundLoad.start(folders("datasets"), trials, 1)) {
      started = ProcessHandle.current().children().filter(p -> !before.contains(p)).toList();
      assertThat(started).isNotEmpty();
    }
    for (ProcessHandle process : started) {
      process.onExit().get(1, TimeUnit.MINUTES);
    }
    assertThat(dir.resolve("runs")).doesNotExist();
  }

  @Test
  void a_process_that_cannot_start_is_reported() throws IOException {
    TinyProject.fill(dir);
    List<Trial> trials = new ProjectFixture(dir).row("a", "seeds=1").write().read().trials();
    Files.delete(dir.resolve("benchmarks/prices.csv"));
    assertThatThrownBy(() -> BackgroundLoad.start(folders("datasets"), trials, 1))
        .hasMessageContaining("prices.csv");
  }

  private WorkerProject folders(String datasets) {
    return WorkerProject.of(
        new Project(dir, dir.resolve(datasets), Optional.empty()),
        "t",
        new RunStore(dir.resolve("runs")));
  }
}
