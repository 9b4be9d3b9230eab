package io.buckbench.findings;

import io.buckbench.eval.Diagnosis;
import io.buckbench.eval.LikelihoodPrior;
import io.buckbench.eval.Prediction;
import io.buckbench.eval.Scores;
import io.buckbench.record.Declaration;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The scores of one trial (by generated answers, by likelihood, by texts that are no answer) and
 * its diagnosis.
 *
 * @param run the trial
 * @param scores its scores, normalised by the prior; empty if it answered nothing
 * @param prior of the untouched model on the same prompts; empty if no record of it was given, in
 *     which case the normalised scores equal the plain ones and must not be shown
 * @param ending how the trial ended, for example {@code learned}
 * @param sentence the explanation of its scores
 */
public record TrialScores(
    RunRecord run,
    Optional<Scores> scores,
    Optional<LikelihoodPrior> prior,
    String ending,
    String sentence) {
  /** Inputs that are equal if two runs asked the same model the same questions. */
  private static final List<String> PROMPTED = List.of("model", "tokenizer", "prompt", "data");

  /**
   * Scores a trial.
   *
   * @param suite records of the suite; if some are of the untouched model, that of the trial's seed
   *     or otherwise of the smallest seed gives the prior
   */
  public static TrialScores of(RunRecord run, List<RunRecord> suite) {
    boolean diverged = run.status() == RunStatus.DIVERGED;
    if (run.status() == RunStatus.FAILED || run.predictions().isEmpty()) {
      String ending =
          switch (run.status()) {
            case DIVERGED -> "diverged";
            case UNAFFORDABLE -> "unaffordable";
            default -> "failed";
          };
      return new TrialScores(
          run, Optional.empty(), Optional.empty(), ending, ending + ": " + run.failure());
    }
    Optional<LikelihoodPrior> prior =
        suite.stream()
            .filter(other -> isUntouched(other, run))
            .min(
                Comparator.comparing((RunRecord other) -> other.seed() != run.seed())
                    .thenComparing(RunRecord::seed))
            .map(untouched -> LikelihoodPrior.of(untouched.predictions()));
    Scores scores =
        Scores.of(
            run.predictions(),
            prior.orElse(LikelihoodPrior.NONE),
            LikelihoodPrior.alone(run.data().answersAlone()));
    Diagnosis diagnosis = Diagnosis.of(scores, diverged);
    return new TrialScores(
        run, Optional.of(scores), prior, words(diagnosis.kind()), diagnosis.sentence());
  }

  /**
   * The prior does not depend on the labels, so a data set and its copy with shuffled labels share
   * it.
   */
  private static boolean isUntouched(RunRecord other, RunRecord run) {
    return other.declared().method().equals(Declaration.NONE)
        && other.declared().shots() == 0
        && PROMPTED.stream()
            .allMatch(
                input ->
                    Objects.equals(
                        other.provenance().sha256().get(input),
                        run.provenance().sha256().get(input)))
        && other.predictions().stream().anyMatch(Prediction::hasLikelihood)
        && ids(other).equals(ids(run));
  }

  private static List<String> ids(RunRecord run) {
    return run.predictions().stream().map(Prediction::id).toList();
  }

  /** Whether it ended as {@code learned}: both words are used, and better than chance. */
  public boolean learned() {
    return ending.equals(words(Diagnosis.Kind.LEARNED));
  }

  private static String words(Diagnosis.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Share of test items whose right answer is the likeliest one after subtracting the untouched
   * model's prior; NaN without a prior or likelihoods.
   */
  public double normalisedAccuracy() {
    return prior.isEmpty() ? Double.NaN : scores.orElseThrow().likelihood().normalisedAccuracy();
  }

  /** The same share as the mean over the answers. */
  public double normalisedBalancedAccuracy() {
    return prior.isEmpty()
        ? Double.NaN
        : scores.orElseThrow().likelihood().normalisedBalancedAccuracy();
  }
}
