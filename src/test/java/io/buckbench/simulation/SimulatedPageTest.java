package io.buckbench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checked-in page is what the code of today gives. */
class SimulatedPageTest {
  private static String page() throws IOException {
    return Files.readString(Path.of("docs/simulated.md"));
  }

  @Test
  void it_was_written_with_the_default_options() throws IOException {
    assertThat(page())
        .contains(
            "`simulate --replicates %d --seed %d`"
                .formatted(Simulation.REPLICATES, Simulation.SEED));
  }

  @Test
  void lines_that_are_simulated_again_are_in_it() throws IOException {
    List<CoverageCell> cells = CoverageGrid.cells();
    for (int i : List.of(0, 12)) {
      CoverageCell.Rates rates = cells.get(i).simulate(Simulation.REPLICATES, Simulation.SEED + i);
      assertThat(page()).contains("\n" + CoverageGrid.line(cells.get(i), rates));
    }
    RunMetricCell ofRuns = RunMetricCell.cells().get(4);
    NoneLearnedCell none = NoneLearnedCell.cells().get(0);
    assertThat(page())
        .contains(
            "\n" + ofRuns.line(ofRuns.simulate(Simulation.REPLICATES, Simulation.SEED + 4)),
            "\n" + none.line(none.simulate(Simulation.REPLICATES, Simulation.SEED)));
  }

  @Test
  void the_numbers_of_seeds_are_in_it() throws IOException {
    assertThat(page()).contains(SeedsNeeded.markdown());
  }
}
