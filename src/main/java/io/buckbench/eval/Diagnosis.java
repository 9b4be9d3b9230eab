package io.buckbench.eval;

import io.buckbench.data.Answers;
import io.buckbench.statistics.Interval;
import java.util.List;
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
    /** Most generated texts are none of the answers. */
    WRONG_FORMAT,
    /** Nearly all answers are the same one. */
    COLLAPSED,
    /** Several answers are given, but no better than chance. */
    NO_KNOWLEDGE,
    /** Several answers are given, better than chance. */
    LEARNED
  }

  /** The format is wrong if the share of other texts exceeds this. */
  public static final double WRONG_FORMAT_SHARE = 0.5;

  /** The model collapsed if one answer has at least this share of the answers. */
  public static final double COLLAPSED_SHARE = 0.98;

  /**
   * Diagnoses one trial.
   *
   * @param scores of the trial
   * @param diverged whether a loss was not finite
   */
  public static Diagnosis of(Scores scores, boolean diverged) {
    AnswerCounts counts = scores.counts();
    Answers answers = counts.answers();
    if (diverged) {
      return new Diagnosis(Kind.DIVERGED, "training diverged: a loss was not finite");
    }
    if (counts.otherShare() > WRONG_FORMAT_SHARE) {
      return new Diagnosis(
          Kind.WRONG_FORMAT,
          "wrong format: "
              + percent(counts.otherShare())
              + " of the answers are "
              + answers.neither()
              + ", most often "
              + scores.commonestOthers(3)
              + byLikelihood(scores));
    }
    if (collapsed(counts)) {
      int most = counts.mostGiven();
      return new Diagnosis(
          Kind.COLLAPSED,
          "collapsed: "
              + percent(counts.share(most) / counts.parseRate())
              + " of the "
              + answers.either()
              + " answers are "
              + answers.word(most)
              + byLikelihood(scores));
    }
    double low = counts.balancedAccuracy() - Interval.Z95 * balancedError(counts);
    String balanced = "balanced accuracy " + percent(counts.balancedAccuracy());
    if (low <= 1.0 / answers.size()) {
      return new Diagnosis(
          Kind.NO_KNOWLEDGE,
          "no knowledge: "
              + (answers.size() == 2 ? "both words" : "several answers")
              + " are used, "
              + balanced
              + " is not above chance"
              + byLikelihood(scores));
    }
    return new Diagnosis(
        Kind.LEARNED, "learned: " + balanced + ", 95 % interval from " + percent(low));
  }

  /** Whether nearly all answers are the same one. */
  public static boolean collapsed(AnswerCounts counts) {
    double readable = counts.parseRate();
    return readable > 0 && counts.share(counts.mostGiven()) >= COLLAPSED_SHARE * readable;
  }

  /** Standard error of the mean recall. */
  private static double balancedError(AnswerCounts counts) {
    double sum = 0;
    int present = 0;
    for (int answer = 0; answer < counts.answers().size(); answer++) {
      if (counts.items(answer) > 0) {
        double recall = counts.recall(answer);
        sum += recall * (1 - recall) / counts.items(answer);
        present++;
      }
    }
    return Math.sqrt(sum) / present;
  }

  private static String byLikelihood(Scores scores) {
    LikelihoodScores likelihood = scores.likelihood();
    if (likelihood.items() == 0) {
      return "";
    }
    List<String> words = scores.counts().answers().words();
    boolean two = words.size() == 2;
    return String.format(
        Locale.ROOT,
        "; by likelihood%s %.2f %% are right%s",
        two ? " of " + words.get(0) + " against " + words.get(1) : "",
        100 * likelihood.accuracy(),
        two ? String.format(Locale.ROOT, " (ROC area %.3f)", likelihood.areaUnderCurve()) : "");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
