package io.buckbench.cli;

import io.buckbench.calibration.RateGrid;
import io.buckbench.suite.Project;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/**
 * {@code choose SUITE}: compares the learning rates of each grid on validation items. Prints
 * Markdown, to be kept next to the suite that declares the chosen rates.
 */
@Command(
    name = "choose",
    description = {
      "Compare the learning rates of a suite's grids by their recorded answers to validation"
          + " items.",
      "The chosen rate has the highest mean accuracy; ties go to the larger likelihood area, then"
          + " to the smaller rate. Nothing is run or changed: declare the rate in the configuration"
          + " for the test."
    })
final class ChooseCommand extends SuiteCommand {
  @Override
  public Integer call() {
    Project project = project();
    List<RateGrid> grids = RateGrid.of(project.declared(suite).suite(), project.store());
    out()
        .println("| grid | learning rate | accuracy % [95 %] | likelihood area | seeds | rows | |");
    out().println("|---|---|---|---|---|---|---|");
    for (RateGrid grid : grids) {
      for (RateGrid.Rate rate : grid.rates()) {
        out()
            .printf(
                Locale.ROOT,
                "| %s | %s | %s | %.3f | %d | %d | %s |%n",
                grid.name(),
                rate.configuration().declared().learningRate(),
                rate.scores().accuracy().inPoints(),
                rate.likelihoodArea(),
                rate.scores().seeds(),
                rate.scores().items(),
                rate == grid.chosen() ? chosen(grid) : "");
      }
    }
    return BuckBench.OK;
  }

  private static String chosen(RateGrid grid) {
    return grid.chosenAtEdge()
        ? "chosen, at the edge of the grid: a better rate may be outside"
        : "chosen";
  }
}
