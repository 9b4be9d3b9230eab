package io.buckbench.eval;

import io.buckbench.input.CsvRow;
import io.buckbench.statistics.Learning;
import io.buckbench.statistics.Moments;
import io.buckbench.statistics.Regime;
import io.buckbench.statistics.RocArea;
import io.buckbench.statistics.Sample;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A metric computed from the answers of a trial, between 0 and 1. */
public enum ItemMetric {
  ACCURACY(Collapse.LOWERS),
  BALANCED_ACCURACY(Collapse.LOWERS),
  YES_SHARE(Collapse.CHANGES),
  NO_SHARE(Collapse.CHANGES),
  OTHER_SHARE(Collapse.LEAVES),
  /** Share of items not answered yes. */
  NOT_YES_SHARE(Collapse.CHANGES),
  PARSE_RATE(Collapse.LEAVES),
  LIKELIHOOD_ACCURACY(Collapse.LOWERS),
  /** Area under the ROC curve of the log-odds of yes; 0.5 is chance. */
  LIKELIHOOD_AREA(Collapse.LOWERS);

  /** What a collapse to one word does to a metric. */
  private enum Collapse {
    LOWERS,
    CHANGES,
    LEAVES
  }

  private static final double[] ONE_CLASS = {1};
  private static final double[] MEAN_OF_CLASSES = {0.5, 0.5};

  /** The area varies as the sum of its classes' placements does. */
  private static final double[] SUM_OF_CLASSES = {1, 1};

  private final Collapse collapse;

  ItemMetric(Collapse collapse) {
    this.collapse = collapse;
  }

  /** The name in declarations, for example {@code balanced-accuracy}. */
  public String id() {
    return CsvRow.name(this);
  }

  /** The name in texts, for example {@code balanced accuracy}. */
  public String words() {
    return id().replace('-', ' ');
  }

  /** Whether it is a share of all test items rather than an average over the two classes. */
  public boolean isShare() {
    return this != BALANCED_ACCURACY && this != LIKELIHOOD_AREA;
  }

  /** The metric of a configuration's trials, as a sample of seeds and test items. */
  public Sample on(Trials trials) {
    double[][] values = new double[trials.seeds()][];
    double[] perSeed = new double[trials.seeds()];
    boolean[] wanted = trials.wanted();
    boolean oneClass = isShare() || allAlike(wanted);
    int[] classOf =
        IntStream.range(0, wanted.length).map(i -> !oneClass && wanted[i] ? 1 : 0).toArray();
    for (int s = 0; s < values.length; s++) {
      if (this == LIKELIHOOD_AREA) {
        RocArea area = area(trials, s, wanted);
        values[s] = area.placements();
        perSeed[s] = area.area();
      } else {
        values[s] = trials.seed(s).stream().mapToDouble(hit()).toArray();
        perSeed[s] = oneClass ? Moments.mean(values[s]) : meanOfClasses(values[s], wanted);
      }
    }
    return new Sample(
        perSeed,
        values,
        classOf,
        oneClass ? ONE_CLASS : this == LIKELIHOOD_AREA ? SUM_OF_CLASSES : MEAN_OF_CLASSES,
        isShare(),
        regime(trials),
        learning(trials));
  }

  /** A collapse is to a readable word, so a metric of readability cannot show it. */
  private Regime regime(Trials trials) {
    return trials.regime() == Regime.PRONE && collapse == Collapse.LEAVES
        ? Regime.STEADY
        : trials.regime();
  }

  private Learning learning(Trials trials) {
    if (regime(trials) != Regime.PRONE) {
      return Learning.UNKNOWN;
    }
    double allYes = on(trials.allYes()).mean();
    return new Learning(trials.endings(), allYes, collapse == Collapse.LOWERS ? allYes : 0, 1);
  }

  private ToDoubleFunction<Prediction> hit() {
    return switch (this) {
      case ACCURACY, BALANCED_ACCURACY -> p -> p.correct() ? 1 : 0;
      case YES_SHARE -> p -> p.answer() == Answer.YES ? 1 : 0;
      case NO_SHARE -> p -> p.answer() == Answer.NO ? 1 : 0;
      case OTHER_SHARE -> p -> p.answer() == Answer.OTHER ? 1 : 0;
      case NOT_YES_SHARE -> p -> p.answer() == Answer.YES ? 0 : 1;
      case PARSE_RATE -> p -> p.answer() == Answer.OTHER ? 0 : 1;
      case LIKELIHOOD_ACCURACY -> p -> p.likelier(0).is(p.wanted()) ? 1 : 0;
      case LIKELIHOOD_AREA -> throw new IllegalStateException("an area is no mean over items");
    };
  }

  private static boolean allAlike(boolean[] wanted) {
    return IntStream.range(1, wanted.length).allMatch(i -> wanted[i] == wanted[0]);
  }

  private static double meanOfClasses(double[] hits, boolean[] wanted) {
    double[] sum = new double[2];
    double[] all = new double[2];
    for (int i = 0; i < hits.length; i++) {
      int side = wanted[i] ? 1 : 0;
      sum[side] += hits[i];
      all[side]++;
    }
    return (sum[0] / all[0] + sum[1] / all[1]) / 2;
  }

  private static RocArea area(Trials trials, int seed, boolean[] wanted) {
    // Items without likelihoods (of a failed trial) tie with each other, which is chance.
    double[] odds =
        trials.seed(seed).stream()
            .mapToDouble(p -> p.hasLikelihood() ? p.logOddsYes() : 0)
            .toArray();
    return RocArea.of(odds, wanted);
  }
}
