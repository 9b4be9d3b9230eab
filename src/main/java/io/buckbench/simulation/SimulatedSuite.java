package io.buckbench.simulation;

import io.buckbench.budget.CostLedger;
import io.buckbench.data.Answers;
import io.buckbench.eval.Prediction;
import io.buckbench.input.InvalidInputException;
import io.buckbench.promise.Inspection;
import io.buckbench.record.DataFacts;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.SideEffects;
import io.buckbench.record.Truncated;
import io.buckbench.simulation.AssumedRow.Spread;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Suite;
import io.buckbench.train.StepMetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Draws the records that a suite would have if its rows were as assumed. Seeds that learn agree on
 * which items are easy, as on the control task ({@link ItemModel#ALIKE}), and always yes is right
 * on {@link Population#ALL_YES} of the items.
 */
final class SimulatedSuite {
  /** The share of its variance over items that a seed's log-odds share with other seeds. */
  private static final double SHARED_ODDS = 0.93;

  private static final double LOWEST_AREA = 1e-3;

  /** A tenth and a quarter of it are even numbers. */
  private static final int STEPS = 80;

  private static final Provenance PROVENANCE =
      new Provenance(
          "2026-11-26T00:00:00Z",
          "simulated",
          false,
          "power",
          "simulated",
          "simulated",
          "",
          1,
          1,
          Map.of(),
          Map.of(),
          Map.of());

  private final Suite suite;
  private final Map<String, AssumedRow> assumed;

  /**
   * @param assumed by configuration
   * @throws InvalidInputException if nothing is assumed of a row that asks a model
   */
  SimulatedSuite(Suite suite, Map<String, AssumedRow> assumed) {
    this.suite = suite;
    this.assumed = assumed;
    List<String> missing =
        rows().map(Configuration::id).filter(id -> !assumed.containsKey(id)).toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "what is assumed of suite " + suite.name(),
          "nothing about " + String.join(", ", missing),
          "a row of assumed.csv for each configuration with a model",
          "add it before the suite is run");
    }
  }

  private Stream<Configuration> rows() {
    return suite.configurations().stream().filter(row -> row.method().needsModel());
  }

  /**
   * Draws the records of one run of the suite.
   *
   * @param seeds number of seeds of each trained row; 0 for as many as it declares
   */
  List<RunRecord> draw(int seeds, SplittableRandom random) {
    List<RunRecord> records = new ArrayList<>();
    int items = rows().mapToInt(Configuration::testItems).max().orElse(0);
    double[] easiness = ItemModel.ALIKE.items(items, random);
    double[] yesIsRight = ItemModel.ALIKE.allYes(easiness, random);
    double[] likely = ItemModel.ALIKE.items(items, random);
    rows()
        .forEach(
            row -> {
              boolean trained = row.method().trains();
              int count = trained && seeds > 0 ? seeds : row.seeds().size();
              for (int s = 0; s < count; s++) {
                records.add(
                    record(
                        row,
                        s + 1,
                        trained,
                        answers(row, trained, easiness, yesIsRight, likely, random),
                        random));
              }
            });
    return records;
  }

  private RunRecord record(
      Configuration row,
      long seed,
      boolean trained,
      List<Prediction> answers,
      SplittableRandom random) {
    AssumedRow as = assumed.get(row.id());
    double ratio = as.perplexity().mean() * Math.exp(as.perplexity().sd() * random.nextGaussian());
    return new RunRecord(
        suite.name(),
        row.id(),
        seed,
        RunStatus.COMPLETED,
        "",
        row.declared(),
        PROVENANCE,
        trained ? as.trainableParameters() : 0,
        as.trainableParameters(),
        "",
        Inspection.NONE,
        new Truncated(0, 0),
        new DataFacts(Answers.YES_NO),
        as.finalLoss().isAssumed() ? losses(as, random) : List.of(),
        new CostLedger(
            row.priceCard().id(), row.clock(), row.usd(), 0, List.of(), List.of(), List.of()),
        answers,
        new SideEffects(1, ratio, Double.NaN, Double.NaN, 0, 0));
  }

  /** The share of answers of one seed that are neither yes nor no. */
  private static double unreadable(Spread share, SplittableRandom random) {
    double below = random.nextDouble();
    double mean = share.mean();
    if (Double.isNaN(share.sd())) {
      return -mean * Math.log(1 - below);
    }
    if (share.sd() == 0) {
      return mean;
    }
    double concentration = mean * (1 - mean) / (share.sd() * share.sd()) - 1;
    return BetaDistribution.of(mean * concentration, (1 - mean) * concentration)
        .inverseCumulativeProbability(below);
  }

  /** A training whose loss alternates about its final value, so that both statistics are exact. */
  private static List<StepMetric> losses(AssumedRow as, SplittableRandom random) {
    double last = Math.max(0, as.finalLoss().draw(random));
    double spread = Math.max(0, as.lossSpread().draw(random));
    return IntStream.rangeClosed(1, STEPS)
        .mapToObj(
            step -> new StepMetric(step, last + (step % 2 == 0 ? spread : -spread), 0, 0, 0, 0))
        .toList();
  }

  private List<Prediction> answers(
      Configuration row,
      boolean trained,
      double[] easiness,
      double[] yesIsRight,
      double[] likely,
      SplittableRandom random) {
    AssumedRow as = assumed.get(row.id());
    int items = row.testItems();
    boolean learned = random.nextDouble() < as.learns();
    double[] right =
        learned
            ? ItemModel.ALIKE.answers(
                new Population("", as.accuracy().mean(), as.accuracy().sd(), 1)
                    .drawAccuracy(random),
                Arrays.copyOf(easiness, items),
                random)
            : new double[items];
    double yes = as.yes().draw(random);
    double unreadable = trained ? unreadable(as.unreadable(), random) : as.unreadable().mean();
    double area = as.area().draw(random);
    double apart =
        Double.isNaN(area)
            ? Double.NaN
            : Math.sqrt(2)
                * Normal.quantile(Math.max(LOWEST_AREA, Math.min(1 - LOWEST_AREA, area)));
    List<Prediction> answers = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      boolean wanted = yesIsRight[i] == 1;
      boolean saysYes = learned ? right[i] == 1 == wanted : random.nextDouble() < yes;
      String text = random.nextDouble() < unreadable ? "neither" : saysYes ? "yes" : "no";
      double odds =
          apart * (wanted ? 1 : 0)
              + Math.sqrt(SHARED_ODDS) * likely[i]
              + Math.sqrt(1 - SHARED_ODDS) * random.nextGaussian();
      answers.add(
          Prediction.of("item-" + i, "", Answers.YES_NO, wanted ? 0 : 1, text, List.of(odds, 0.0)));
    }
    return answers;
  }
}
