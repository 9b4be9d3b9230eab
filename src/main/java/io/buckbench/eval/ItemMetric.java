package io.buckbench.eval;

import io.buckbench.input.CsvRow;
import java.util.function.ToDoubleFunction;

/** A metric computed from the answers of a trial, between 0 and 1. */
public enum ItemMetric {
  ACCURACY,
  BALANCED_ACCURACY,
  YES_SHARE,
  NO_SHARE,
  OTHER_SHARE,
  /** Share of items not answered yes. */
  NOT_YES_SHARE,
  PARSE_RATE,
  LIKELIHOOD_ACCURACY,
  /** Area under the ROC curve of the log-odds of yes; 0.5 is chance. */
  LIKELIHOOD_AREA;

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

  /** Prepares the metric for resampling. */
  public Sampled on(Trials trials) {
    Sampled.Value value =
        switch (this) {
          case ACCURACY -> share(trials, p -> p.correct() ? 1 : 0);
          case BALANCED_ACCURACY -> recall(trials);
          case YES_SHARE -> share(trials, p -> p.answer() == Answer.YES ? 1 : 0);
          case NO_SHARE -> share(trials, p -> p.answer() == Answer.NO ? 1 : 0);
          case OTHER_SHARE -> share(trials, p -> p.answer() == Answer.OTHER ? 1 : 0);
          case NOT_YES_SHARE -> share(trials, p -> p.answer() == Answer.YES ? 0 : 1);
          case PARSE_RATE -> share(trials, p -> p.answer() == Answer.OTHER ? 0 : 1);
          case LIKELIHOOD_ACCURACY -> share(trials, p -> p.likelier(0).is(p.wanted()) ? 1 : 0);
          case LIKELIHOOD_AREA -> area(trials);
        };
    return new Sampled(trials.seeds(), trials.wanted(), !isShare(), value);
  }

  private static double[][] hits(Trials trials, ToDoubleFunction<Prediction> hit) {
    double[][] hits = new double[trials.seeds()][];
    for (int s = 0; s < hits.length; s++) {
      hits[s] = trials.seed(s).stream().mapToDouble(hit).toArray();
    }
    return hits;
  }

  private static Sampled.Value share(Trials trials, ToDoubleFunction<Prediction> hit) {
    double[][] hits = hits(trials, hit);
    return (seed, times) -> {
      double sum = 0;
      double all = 0;
      for (int i = 0; i < times.length; i++) {
        sum += times[i] * hits[seed][i];
        all += times[i];
      }
      return sum / all;
    };
  }

  private static Sampled.Value recall(Trials trials) {
    double[][] hits = hits(trials, p -> p.correct() ? 1 : 0);
    boolean[] wanted = trials.wanted();
    return (seed, times) -> {
      double[] sum = new double[2];
      double[] all = new double[2];
      for (int i = 0; i < times.length; i++) {
        int side = wanted[i] ? 1 : 0;
        sum[side] += times[i] * hits[seed][i];
        all[side] += times[i];
      }
      if (all[0] == 0 || all[1] == 0) {
        return (sum[0] + sum[1]) / (all[0] + all[1]);
      }
      return (sum[0] / all[0] + sum[1] / all[1]) / 2;
    };
  }

  private static Sampled.Value area(Trials trials) {
    boolean[] wanted = trials.wanted();
    RocArea[] areas = new RocArea[trials.seeds()];
    for (int s = 0; s < areas.length; s++) {
      // Items without likelihoods (of a failed trial) tie with each other, which is chance.
      double[] odds =
          trials.seed(s).stream()
              .mapToDouble(p -> p.hasLikelihood() ? p.logOddsYes() : 0)
              .toArray();
      areas[s] = RocArea.of(odds, wanted);
    }
    return (seed, times) -> areas[seed].weighted(times);
  }
}
