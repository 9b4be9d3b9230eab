package io.buckbench.report;

import io.buckbench.eval.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    trials.forEach(t -> t.forEach(p -> counts.merge(wanted(p), 1.0, Double::sum)));
    return of(counts);
  }

  private static Map<String, Double> empty(List<List<Prediction>> trials) {
    Set<String> answers = new LinkedHashSet<>();
    trials.forEach(t -> t.forEach(p -> answers.add(wanted(p))));
    List<String> sorted = new ArrayList<>(answers);
    // "yes" before "no", and otherwise an order that does not depend on the first item.
    sorted.sort(null);
    if (sorted.equals(List.of("no", "yes"))) {
      sorted = List.of("yes", "no");
    }
    Map<String, Double> counts = new LinkedHashMap<>();
    sorted.forEach(answer -> counts.put(answer, 0.0));
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
    return p.answer().name().toLowerCase(Locale.ROOT);
  }

  private static String wanted(Prediction p) {
    return p.wanted() ? "yes" : "no";
  }
}
