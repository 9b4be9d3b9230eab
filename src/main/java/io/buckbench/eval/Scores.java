package io.buckbench.eval;

import io.buckbench.data.Answers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The scores of a trial: by the paper's strict rule, by likelihood, and the texts that are none of
 * the answers.
 *
 * @param counts the confusion table by the strict rule
 * @param otherAnswers texts that are none of the answers by the strict rule, without surrounding
 *     white space, and their counts; most frequent first
 * @param likelihood scores by likelihood
 * @param levels the scores of each level of the data set, in alphabetical order; empty if the items
 *     have no levels
 */
public record Scores(
    AnswerCounts counts,
    Map<String, Integer> otherAnswers,
    LikelihoodScores likelihood,
    Map<String, Scores> levels) {

  /** Scores a trial without a prior; the normalised scores equal the plain ones. */
  public static Scores of(List<Prediction> predictions) {
    return of(predictions, LikelihoodPrior.NONE, LikelihoodPrior.NONE);
  }

  /**
   * Scores a trial.
   *
   * @param predictions at least one
   * @param prior the prior of the untouched model on the same items
   * @param alone the prior of the model itself without a prompt
   * @throws IllegalArgumentException if there are no predictions
   */
  public static Scores of(
      List<Prediction> predictions, LikelihoodPrior prior, LikelihoodPrior alone) {
    Map<String, List<Prediction>> byLevel =
        predictions.stream()
            .filter(p -> !p.level().isEmpty())
            .collect(Collectors.groupingBy(Prediction::level, TreeMap::new, Collectors.toList()));
    Map<String, Scores> levels = new LinkedHashMap<>();
    byLevel.forEach((level, rows) -> levels.put(level, flat(rows, prior, alone)));
    Scores all = flat(predictions, prior, alone);
    return new Scores(all.counts, all.otherAnswers, all.likelihood, levels);
  }

  private static Scores flat(
      List<Prediction> predictions, LikelihoodPrior prior, LikelihoodPrior alone) {
    return new Scores(
        AnswerCounts.of(predictions),
        others(predictions),
        LikelihoodScores.of(predictions, prior, alone),
        Map.of());
  }

  private static Map<String, Integer> others(List<Prediction> predictions) {
    Map<String, Integer> counts = new TreeMap<>();
    predictions.stream()
        .filter(p -> p.answer() == Answers.OTHER)
        .forEach(p -> counts.merge(p.generated().strip(), 1, Integer::sum));
    List<Map.Entry<String, Integer>> entries = new ArrayList<>(counts.entrySet());
    // The sort is stable, so texts with equal counts stay in alphabetical order.
    entries.sort(Map.Entry.<String, Integer>comparingByValue().reversed());
    Map<String, Integer> sorted = new LinkedHashMap<>();
    entries.forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }

  /** Number of test items. */
  public int items() {
    return counts.items();
  }

  /** Share of right answers, 0 to 1. */
  public double accuracy() {
    return counts.accuracy();
  }

  /** Mean recall of the answers, 0 to 1. */
  public double balancedAccuracy() {
    return counts.balancedAccuracy();
  }

  /** The most frequent other answers, for example {@code "###" 627x, "" 12x}. */
  public String commonestOthers(int atMost) {
    return otherAnswers.entrySet().stream()
        .limit(atMost)
        .map(e -> '"' + e.getKey() + "\" " + e.getValue() + "x")
        .collect(Collectors.joining(", "));
  }
}
