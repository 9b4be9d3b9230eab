package io.buckbench.cli;

import io.buckbench.calibration.RateGrid;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code choose SUITE}: each grid's learning rates on validation rows, and the one to declare. It
 * prints Markdown, to be kept beside the suite that then declares the rates.
 */
@Command(
    name = "choose",
    mixinStandardHelpOptions = true,
    description = {
      "Compare the learning rates of a suite's grids by their recorded answers to validation rows.",
      "Chosen is the highest mean accuracy; of equals the larger likelihood area, then the smaller"
          + " rate. Nothing is run or changed: declare the rate in the row that asks test."
    })
final class ChooseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SUITE", description = "a suite whose rows have a grid, and were run")
  private String suite;

  @Mixin private ProjectFolders project;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println("| grid | learning rate | accuracy % [95 %] | likelihood area | seeds | rows | |");
    out.println("|---|---|---|---|---|---|---|");
    for (RateGrid grid : RateGrid.of(project.declared(suite).suite(), project.store())) {
      for (RateGrid.Rate rate : grid.rates()) {
        out.printf(
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
        ? "chosen, at the grid's edge: a better rate may lie beyond"
        : "chosen";
  }
}
