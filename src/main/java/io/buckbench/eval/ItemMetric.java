package io.buckbench.eval;

import io.buckbench.data.Answers;
import io.buckbench.input.CsvRow;
import io.buckbench.statistics.Learning;
import io.buckbench.statistics.Moments;
import io.buckbench.statistics.Regime;
import io.buckbench.statistics.RocArea;
import io.buckbench.statistics.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A metric computed from the answers of a trial, between 0 and 1. */
public enum ItemMetric {
  ACCURACY(Collapse.LOWERS),
  BALANCED_ACCURACY(Collapse.LOWERS),
  MACRO_F1(Collapse.LOWERS),
  /** Share of items answered yes; only of data sets with this answer. */
  YES_SHARE(Collapse.CHANGES),
  /** Share of items answered no; only of data sets with this answer. */
  NO_SHARE(Collapse.CHANGES),
  OTHER_SHARE(Collapse.LEAVES),
  /** Share of items not answered yes; only of data sets with this answer. */
  NOT_YES_SHARE(Collapse.CHANGES),
  PARSE_RATE(Collapse.LEAVES),
  LIKELIHOOD_ACCURACY(Collapse.LOWERS),
  /**
   * Area under the ROC curve of the log-odds of the first answer; 0.5 is chance. Only of data sets
   * with two answers.
   */
  LIKELIHOOD_AREA(Collapse.LOWERS);

  /** What a collapse to one answer does to a metric. */
  private enum Collapse {
    LOWERS,
    CHANGES,
    LEAVES
  }

  private static final String YES = "yes";
  private static final String NO = "no";

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
    return this == MACRO_F1 ? "macro F1" : id().replace('-', ' ');
  }

  /** Whether data with these answers has the metric. */
  public boolean isOf(Answers answers) {
    return switch (this) {
      case YES_SHARE, NOT_YES_SHARE -> answers.words().contains(YES);
      case NO_SHARE -> answers.words().contains(NO);
      case LIKELIHOOD_AREA -> answers.size() == 2;
      default -> true;
    };
  }

  /** Whether it is a share of all test items rather than an average over the answers. */
  public boolean isShare() {
    return this != BALANCED_ACCURACY && this != LIKELIHOOD_AREA && this != MACRO_F1;
  }

  /**
   * The metric of a configuration's trials, as a sample of seeds and test items.
   *
   * @throws IllegalArgumentException if their data {@link #isOf does not have} the metric
   */
  public Sample on(Trials trials) {
    if (!isOf(trials.answers())) {
      throw new IllegalArgumentException(
          "no " + words() + " of the answers " + trials.answers().words());
    }
    double[][] values = new double[trials.seeds()][];
    double[] perSeed = new double[trials.seeds()];
    int[] wanted = trials.wanted();
    Classes classes = Classes.of(wanted, trials.answers().size());
    boolean allTogether = isShare() || classes.count() == 1 && this != MACRO_F1;
    for (int s = 0; s < values.length; s++) {
      List<Prediction> seed = trials.seed(s);
      switch (this) {
        case LIKELIHOOD_AREA -> {
          RocArea area = area(seed);
          values[s] = area.placements();
          perSeed[s] = area.area();
        }
        case MACRO_F1 -> {
          AnswerCounts counts = AnswerCounts.of(seed);
          values[s] = f1Influence(seed, counts);
          perSeed[s] = counts.macroF1();
        }
        default -> {
          values[s] = seed.stream().mapToDouble(hit(trials.answers())).toArray();
          perSeed[s] = allTogether ? Moments.mean(values[s]) : classes.meanOfMeans(values[s]);
        }
      }
    }
    return new Sample(
        perSeed,
        values,
        allTogether ? new int[wanted.length] : classes.of(),
        allTogether ? new double[] {1} : weights(classes),
        isShare(),
        regime(trials),
        learning(trials));
  }

  /** How the metric varies with the mean of each class. */
  private double[] weights(Classes classes) {
    double[] weights = new double[classes.count()];
    switch (this) {
      // The area varies as the sum of its classes' placements does.
      case LIKELIHOOD_AREA -> Arrays.fill(weights, 1);
      case MACRO_F1 -> weights = classes.shares();
      default -> Arrays.fill(weights, 1.0 / classes.count());
    }
    return weights;
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
    double collapsed = on(trials.commonest()).mean();
    return new Learning(
        trials.endings(), collapsed, collapse == Collapse.LOWERS ? collapsed : 0, 1);
  }

  private ToDoubleFunction<Prediction> hit(Answers answers) {
    int yes = answers.words().indexOf(YES);
    int no = answers.words().indexOf(NO);
    return switch (this) {
      case ACCURACY, BALANCED_ACCURACY -> p -> p.correct() ? 1 : 0;
      case YES_SHARE -> p -> p.answer() == yes ? 1 : 0;
      case NO_SHARE -> p -> p.answer() == no ? 1 : 0;
      case OTHER_SHARE -> p -> p.answer() == Answers.OTHER ? 1 : 0;
      case NOT_YES_SHARE -> p -> p.answer() == yes ? 0 : 1;
      case PARSE_RATE -> p -> p.answer() == Answers.OTHER ? 0 : 1;
      case LIKELIHOOD_ACCURACY -> p -> p.likeliest(LikelihoodPrior.NONE) == p.wanted() ? 1 : 0;
      case LIKELIHOOD_AREA, MACRO_F1 ->
          throw new IllegalStateException(words() + " is no mean over items");
    };
  }

  private static RocArea area(List<Prediction> seed) {
    // Items without likelihoods (of a failed trial) tie with each other, which is chance.
    double[] odds = seed.stream().mapToDouble(p -> p.hasLikelihood() ? p.logOdds() : 0).toArray();
    boolean[] first = new boolean[odds.length];
    for (int i = 0; i < first.length; i++) {
      first[i] = seed.get(i).wanted() == 0;
    }
    return RocArea.of(odds, first);
  }

  /**
   * What each item contributes to the macro F1 at first order (the delta method): the derivative by
   * the item's weight, times the number of items. F1 of an answer is 2 h / (w + g), where h, w and
   * g are the shares of items with it as right and given, as right, and as given answer; the shares
   * of right answers do not vary, since items are a sample within their class.
   */
  static double[] f1Influence(List<Prediction> seed, AnswerCounts counts) {
    int classes = counts.answers().size();
    double items = counts.items();
    long present = IntStream.range(0, classes).filter(c -> counts.items(c) > 0).count();
    double[] influence = new double[seed.size()];
    for (int i = 0; i < influence.length; i++) {
      Prediction p = seed.get(i);
      if (p.answer() != Answers.OTHER && counts.items(p.answer()) > 0) {
        double among = (counts.items(p.answer()) + counts.given(p.answer())) / items;
        double gain = (p.correct() ? 2 : 0) - counts.f1(p.answer());
        influence[i] = gain / among / present;
      }
    }
    return influence;
  }
}
