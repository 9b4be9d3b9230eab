package io.buckbench.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One trial's answers, scored three ways: by the paper's strict rule, by likelihood, and by texts
 * that are neither yes nor no.
 *
 * @param counts answers by class
 * @param otherAnswers texts that are neither yes nor no by the strict rule, white space at the ends
 *     removed, with their counts; commonest first
 * @param likelihood scores by likelihood
 * @param levels the same for each level of the data set, in alphabetical order; empty if the items
 *     have no levels
 */
public record Scores(
    AnswerCounts counts,
    Map<String, Integer> otherAnswers,
    LikelihoodScores likelihood,
    Map<String, Scores> levels) {

  /** Scores without a prior: the normalised numbers equal the plain ones. */
  public static Scores of(List<Prediction> predictions) {
    return of(predictions, LikelihoodPrior.NONE);
  }

  /**
   * Scores one trial.
   *
   * @param predictions at least one
   * @param prior of the untouched model on the same rows
   * @throws IllegalArgumentException if there are no predictions
   */
  public static Scores of(List<Prediction> predictions, LikelihoodPrior prior) {
    Map<String, List<Prediction>> byLevel =
        predictions.stream()
            .filter(p -> !p.level().isEmpty())
            .collect(Collectors.groupingBy(Prediction::level, TreeMap::new, Collectors.toList()));
    Map<String, Scores> levels = new LinkedHashMap<>();
    byLevel.forEach((level, rows) -> levels.put(level, flat(rows, prior)));
    Scores all = flat(predictions, prior);
    return new Scores(all.counts, all.otherAnswers, all.likelihood, levels);
  }

  private static Scores flat(List<Prediction> predictions, LikelihoodPrior prior) {
    return new Scores(
        AnswerCounts.of(predictions),
        others(predictions),
        LikelihoodScores.of(predictions, prior),
        Map.of());
  }

  private static Map<String, Integer> others(List<Prediction> predictions) {
    Map<String, Integer> counts = new TreeMap<>();
    predictions.stream()
        .filter(p -> p.answer() == Answer.OTHER)
        .forEach(p -> counts.merge(p.generated().strip(), 1, Integer::sum));
    List<Map.Entry<String, Integer>> entries = new ArrayList<>(counts.entrySet());
    // Stable: equal counts stay in alphabetical order.
    entries.sort(Map.Entry.<String, Integer>comparingByValue().reversed());
    Map<String, Integer> sorted = new LinkedHashMap<>();
    entries.forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }

  /** Test rows. */
  public int rows() {
    return counts.rows();
  }

  /** Share of right answers, 0 to 1. */
  public double accuracy() {
    return counts.accuracy();
  }

  /** Mean recall of the two classes, 0 to 1. */
  public double balancedAccuracy() {
    return counts.balancedAccuracy();
  }

  /** The commonest of the other answers, for example {@code "###" 627x, "" 12x}; empty if none. */
  public String commonestOthers(int atMost) {
    return otherAnswers.entrySet().stream()
        .limit(atMost)
        .map(e -> '"' + e.getKey() + "\" " + e.getValue() + "x")
        .collect(Collectors.joining(", "));
  }
}
