package io.buckbench.eval;

import io.buckbench.statistics.Interval;
import java.util.Locale;

/**
 * An explanation of the scores of a trial.
 *
 * @param kind the first kind that applies
 * @param sentence the explanation with its numbers
 */
public record Diagnosis(Kind kind, String sentence) {
  /** The kinds of result, in the order in which they are checked. */
  public enum Kind {
    /** Training diverged: a loss was not finite. */
    DIVERGED,
    /** Most answers are neither yes nor no. */
    WRONG_FORMAT,
    /** Nearly all answers of yes or no are the same word. */
    COLLAPSED,
    /** Both words are used, but no better than chance. */
    NO_KNOWLEDGE,
    /** Both words are used, and better than chance. */
    LEARNED
  }

  /** The format is wrong if the share of other answers exceeds this. */
  public static final double WRONG_FORMAT_SHARE = 0.5;

  /** The model collapsed if one word has at least this share of the answers of yes or no. */
  public static final double COLLAPSED_SHARE = 0.98;

  /**
   * Diagnoses one trial.
   *
   * @param scores of the trial
   * @param diverged whether a loss was not finite
   */
  public static Diagnosis of(Scores scores, boolean diverged) {
    AnswerCounts counts = scores.counts();
    if (diverged) {
      return new Diagnosis(Kind.DIVERGED, "training diverged: a loss was not finite");
    }
    if (counts.otherShare() > WRONG_FORMAT_SHARE) {
      return new Diagnosis(
          Kind.WRONG_FORMAT,
          "wrong format: "
              + percent(counts.otherShare())
              + " of the answers are neither yes nor no, most often "
              + scores.commonestOthers(3)
              + byLikelihood(scores));
    }
    if (collapsed(counts)) {
      String word = counts.yesShare() > counts.noShare() ? "yes" : "no";
      return new Diagnosis(
          Kind.COLLAPSED,
          "collapsed: "
              + percent(Math.max(counts.yesShare(), counts.noShare()) / counts.parseRate())
              + " of the yes or no answers are "
              + word
              + byLikelihood(scores));
    }
    double low = counts.balancedAccuracy() - Interval.Z95 * balancedError(counts);
    String balanced = "balanced accuracy " + percent(counts.balancedAccuracy());
    if (low <= 0.5) {
      return new Diagnosis(
          Kind.NO_KNOWLEDGE,
          "no knowledge: both words are used, "
              + balanced
              + " is not above chance"
              + byLikelihood(scores));
    }
    return new Diagnosis(
        Kind.LEARNED, "learned: " + balanced + ", 95 % interval from " + percent(low));
  }

  /** Whether nearly all answers of yes or no are the same word. */
  public static boolean collapsed(AnswerCounts counts) {
    double readable = counts.parseRate();
    return readable > 0
        && Math.max(counts.yesShare(), counts.noShare()) >= COLLAPSED_SHARE * readable;
  }

  private static double balancedError(AnswerCounts c) {
    return Math.sqrt(
            recallVariance(c.yesOnYes(), c.yesItems()) + recallVariance(c.noOnNo(), c.noItems()))
        / 2;
  }

  private static double recallVariance(int right, int items) {
    if (items == 0) {
      return 0;
    }
    double recall = (double) right / items;
    return recall * (1 - recall) / items;
  }

  private static String byLikelihood(Scores scores) {
    LikelihoodScores likelihood = scores.likelihood();
    if (likelihood.items() == 0) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "; by likelihood of yes against no %.2f %% are right (ROC area %.3f)",
        100 * likelihood.accuracy(),
        likelihood.areaUnderCurve());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
