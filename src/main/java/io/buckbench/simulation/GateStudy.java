package io.buckbench.simulation;

import io.buckbench.statistics.AccuracyChange;
import io.buckbench.statistics.Holm;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How often the comparison with accepted results calls a row regressed.
 *
 * @param rows the suite
 * @param accepted number of accepted seeds of each row
 * @param fresh number of seeds that are run again
 * @param acceptedAgain whether the accepted commit is run too on the seeds that confirm
 */
record GateStudy(List<GateRow> rows, int accepted, int fresh, boolean acceptedAgain) {
  /** The level over all rows of a suite, as in the gate. */
  static final double LEVEL = 0.05;

  private static final double MARGIN = 0.01;

  /** Seeds that confirm a suspected row. */
  private static final int CONFIRMING = 8;

  /**
   * Shares of the simulated suites.
   *
   * @param replicates number of suites
   * @param suspected some row is suspected of a drop
   * @param regressed some suspected row is confirmed on fresh seeds
   * @param firstSuspected the first row is suspected
   * @param firstRegressed the first row is suspected and confirmed
   */
  record Rates(
      int replicates,
      double suspected,
      double regressed,
      double firstSuspected,
      double firstRegressed) {}

  Rates simulate(int replicates, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] sums = new double[4];
    for (int r = 0; r < replicates; r++) {
      List<GateRow.Trials> first = new ArrayList<>();
      for (GateRow row : rows) {
        first.add(row.draw(accepted, fresh, 1, random));
      }
      boolean[] suspected = dropped(first.stream().map(GateStudy::change).toList());
      boolean[] confirmed = confirmed(suspected, first, random);
      sums[0] += any(suspected) ? 1 : 0;
      sums[1] += any(confirmed) ? 1 : 0;
      sums[2] += suspected[0] ? 1 : 0;
      sums[3] += confirmed[0] ? 1 : 0;
    }
    return new Rates(
        replicates,
        sums[0] / replicates,
        sums[1] / replicates,
        sums[2] / replicates,
        sums[3] / replicates);
  }

  private boolean[] confirmed(
      boolean[] suspected, List<GateRow.Trials> first, SplittableRandom random) {
    List<AccuracyChange> again = new ArrayList<>();
    for (int i = 0; i < suspected.length; i++) {
      if (suspected[i]) {
        GateRow.Trials drawn =
            rows.get(i).draw(CONFIRMING, CONFIRMING, 1 + Math.max(accepted, fresh), random);
        again.add(
            change(
                acceptedAgain
                    ? drawn
                    : new GateRow.Trials(first.get(i).accepted(), drawn.fresh())));
      }
    }
    boolean[] dropped = dropped(again);
    boolean[] confirmed = new boolean[suspected.length];
    int next = 0;
    for (int i = 0; i < suspected.length; i++) {
      confirmed[i] = suspected[i] && dropped[next++];
    }
    return confirmed;
  }

  private static AccuracyChange change(GateRow.Trials trials) {
    return AccuracyChange.of(trials.accepted(), trials.fresh(), MARGIN, 0, false);
  }

  private static boolean[] dropped(List<AccuracyChange> rows) {
    double[] p = Holm.adjust(rows.stream().mapToDouble(AccuracyChange::pDrop).toArray());
    boolean[] dropped = new boolean[p.length];
    for (int i = 0; i < p.length; i++) {
      dropped[i] = p[i] <= LEVEL;
    }
    return dropped;
  }

  private static boolean any(boolean[] rows) {
    boolean any = false;
    for (boolean row : rows) {
      any |= row;
    }
    return any;
  }
}
