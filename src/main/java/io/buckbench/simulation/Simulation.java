package io.buckbench.simulation;

import java.util.Locale;
import java.util.function.Consumer;

/** All simulations, as one Markdown page. */
public final class Simulation {
  /** The seed of the checked-in page. */
  public static final long SEED = 20261126;

  /** The replicates of a coverage cell in the checked-in page. */
  public static final int REPLICATES = 2000;

  /** The gate needs no answers to items, so it is simulated twice as often. */
  private static final int GATE_FACTOR = 2;

  private Simulation() {}

  /**
   * Runs all simulations.
   *
   * @param replicates of each coverage cell
   * @param seed of the random numbers; equal seeds give equal pages
   * @param progress told what is done
   */
  public static String page(int replicates, long seed, Consumer<String> progress) {
    int suites = GATE_FACTOR * replicates;
    return String.format(
        Locale.ROOT,
        """
        # Simulated coverage, errors and power

        Written by `simulate --replicates %d --seed %d`; do not edit. [`statistics.md`](statistics.md) explains the methods and \
        what these tables show.

        ## Intervals and tests
        %,d replicates a line. One standard error is %.2f points at 95 %%, %.2f at 5 %% and %.2f at 2.5 %%. Rows are normally \
        distributed around 70 %% with a standard deviation (sd) in points, or learn (77 %%, sd 0.5) with a probability and otherwise \
        answer always yes (62 %%). *Falsely above*: a one-sided test at 2.5 %% finds the gain over always yes above its true value. \
        *Falsely different*: a two-sided test at 5 %%.

        %s
        ## Metrics that average over the classes
        600 items, 62 %% of them yes; the same seeds' scores, in the metric. A collapsed seed has 50 %%.

        %s
        ## Metrics that are one number of a run
        Losses, log likelihoods and ratios of perplexities: Student's t over the seeds.

        %s
        ## Rows of which no seed learned
        600 items; a seed learns with a probability, to 77 or 98 %%, and otherwise answers always yes (62 %%). Two intervals of the mean where no seed \
        learned: *alike* is that of a row whose seeds all train alike; the one *in use* lets a seed that learns score up to 100 %%. \
        *Falsely below*: a one-sided test at 2.5 %% finds the mean below its true value.

        %s
        ## The comparison with accepted results
        %,d suites of twelve rows a cell; one standard error is %.2f points at 5 %%. Margin 1 point, level 5 %% over the suite. Each \
        cell has three shares in %%: some row is *suspected*; it is confirmed as *regressed* on eight fresh seeds, compared with the \
        accepted ones; the same if the accepted commit is trained on the fresh seeds too.

        False alarms:

        %s
        What is found, for one changed row among eleven of sd 0.7 that did not change:

        %s
        ## Seeds a row for 80 %% power
        By the formula, not simulated: alone at two-sided 5 %% / as the first of twelve tests by Holm. *never*: not with 1,000 seeds, \
        because the test items decide.

        %s""",
        replicates,
        seed,
        replicates,
        error(0.95, replicates),
        error(0.05, replicates),
        error(0.025, replicates),
        CoverageGrid.markdown(replicates, seed, progress),
        CoverageGrid.otherMetrics(replicates, seed, progress),
        RunMetricCell.markdown(replicates, seed, progress),
        NoneLearnedCell.markdown(replicates, seed, progress),
        suites,
        error(0.05, suites),
        GateTables.falseAlarms(suites, seed, progress),
        GateTables.found(suites / 2, seed, progress),
        SeedsNeeded.markdown());
  }

  private static double error(double share, int replicates) {
    return 100 * Math.sqrt(share * (1 - share) / replicates);
  }
}
