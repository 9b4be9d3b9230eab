package io.buckbench.simulation;

import io.buckbench.statistics.Power;
import io.buckbench.statistics.Power.Planned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** How many seeds a row needs to find a difference with 80 % power, by the formula. */
final class SeedsNeeded {
  private static final double LEVEL = 0.025;
  private static final int TESTS = 12;

  /** Variance over items of the difference between two rows that learned. */
  private static final double BETWEEN_ROWS = 0.02;

  /** Variance over items of the difference to always yes. */
  private static final double TO_ALL_YES = 0.19;

  /** What learning gains over always yes on the control task. */
  private static final double GAIN = 0.15;

  private SeedsNeeded() {}

  static String markdown() {
    StringBuilder text =
        new StringBuilder(
            "| regime | difference, points | 600 items | 1,635 items | 10,000 items |\n"
                + "|---|---|---|---|---|\n");
    for (double sd : List.of(0.5, 1.0, 2.0, 5.0)) {
      Planned up = new Planned(1, sd / 100, 1, 0);
      Planned down = new Planned(-1, sd / 100, 1, 0);
      line(text, "two rows, seeds' sd " + sd, 5, List.of(up, down), BETWEEN_ROWS);
      line(text, "row against always yes, seeds' sd " + sd, 5, List.of(up), TO_ALL_YES);
    }
    Map<String, double[]> pairs = new LinkedHashMap<>();
    pairs.put("two rows, learn on 0.67 and 0.33 of seeds", new double[] {0.67, 0.33});
    pairs.put("two rows, learn on 0.9 and 0.57 of seeds", new double[] {0.9, 0.57});
    pairs.put("two rows, learn on 1 and 0.67 of seeds, both may collapse", new double[] {1, 0.67});
    pairs.put("two rows, learn on 1 and 0.33 of seeds, both may collapse", new double[] {1, 0.33});
    pairs.forEach(
        (name, learns) -> {
          List<Planned> rows =
              List.of(
                  new Planned(1, 0.005, learns[0], GAIN), new Planned(-1, 0.005, learns[1], GAIN));
          double difference = (learns[0] - learns[1]) * GAIN;
          line(text, name, 100 * difference, rows, BETWEEN_ROWS);
        });
    for (double learns : List.of(0.33, 0.67, 1.0)) {
      List<Planned> row = List.of(new Planned(1, 0.005, learns, GAIN));
      String name = "row against always yes, learns on " + learns + " of seeds, may collapse";
      line(text, name, 100 * learns * GAIN, row, TO_ALL_YES);
    }
    List<Planned> always = List.of(new Planned(1, 0.005, 1, GAIN));
    for (int margin : List.of(5, 10)) {
      String name = "the last row, to be more than " + margin + " points above always yes";
      line(text, name, 100 * GAIN - margin, always, TO_ALL_YES);
    }
    return text.toString();
  }

  private static void line(
      StringBuilder text, String name, double points, List<Planned> rows, double perItem) {
    text.append("| ").append(name).append(" | ").append(Math.round(10 * points) / 10.0);
    for (int items : List.of(600, 1635, 10_000)) {
      Power power = Power.planned(rows, items, perItem);
      text.append(" | ")
          .append(seeds(power.seedsFor(points / 100, LEVEL, true)))
          .append(" / ")
          .append(seeds(power.seedsFor(points / 100, LEVEL / TESTS, true)));
    }
    text.append(" |\n");
  }

  private static String seeds(OptionalInt seeds) {
    return seeds.isPresent() ? Integer.toString(seeds.getAsInt()) : "never";
  }
}
