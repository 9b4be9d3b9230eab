package io.buckbench.report;

import io.buckbench.data.Answers;
import io.buckbench.eval.Prediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often each answer was given, over all trials of a row.
 *
 * @param shares each answer of the data set with its share, 0 to 1, then {@link #OTHER} with the
 *     share of texts that are no answer; in the same order for all rows with the same answers
 */
public record AnswerShares(Map<String, Double> shares) {
  /** What is no answer of the data set. */
  public static final String OTHER = "other";

  /** The shares of the answers that trials gave; a trial without answers is left out. */
  static AnswerShares given(List<List<Prediction>> trials) {
    Map<String, Double> counts = empty(trials);
    trials.forEach(t -> t.forEach(p -> counts.merge(given(p), 1.0, Double::sum)));
    return of(counts);
  }

  /** The shares of the right answers. */
  static AnswerShares wanted(List<List<Prediction>> trials) {
    Map<String, Double> counts = empty(trials);
    trials.forEach(t -> t.forEach(p -> counts.merge(p.wantedWord(), 1.0, Double::sum)));
    return of(counts);
  }

  private static Map<String, Double> empty(List<List<Prediction>> trials) {
    Map<String, Double> counts = new LinkedHashMap<>();
    trials.stream()
        .flatMap(List::stream)
        .findFirst()
        .ifPresent(p -> p.answers().words().forEach(word -> counts.put(word, 0.0)));
    counts.put(OTHER, 0.0);
    return counts;
  }

  private static AnswerShares of(Map<String, Double> counts) {
    double all = counts.values().stream().mapToDouble(c -> c).sum();
    Map<String, Double> shares = new LinkedHashMap<>();
    counts.forEach((answer, n) -> shares.put(answer, all == 0 ? 0 : n / all));
    return new AnswerShares(shares);
  }

  /** The answer with the largest share, and its share; empty if nothing was answered. */
  public Optional<Map.Entry<String, Double>> commonest() {
    return shares.entrySet().stream()
        .filter(e -> !e.getKey().equals(OTHER) && e.getValue() > 0)
        .max(Map.Entry.comparingByValue());
  }

  /** The loss of knowing only these shares, in nats for each answer: their entropy. */
  public double entropy() {
    return -shares.values().stream().filter(p -> p > 0).mapToDouble(p -> p * Math.log(p)).sum();
  }

  private static String given(Prediction p) {
    return p.answer() == Answers.OTHER ? OTHER : p.answers().word(p.answer());
  }
}
