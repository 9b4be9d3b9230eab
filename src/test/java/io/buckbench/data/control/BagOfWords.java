package io.buckbench.data.control;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Logistic regression on word counts, trained by gradient descent with weight decay. */
final class BagOfWords {
  private static final int EPOCHS = 30;
  private static final double RATE = 0.05;
  private static final double DECAY = 1e-3;

  private final Map<String, Double> weights = new HashMap<>();
  private double bias;

  /** Trains on texts and their answers. */
  BagOfWords(List<String> texts, List<Boolean> answers) {
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int i = 0; i < texts.size(); i++) {
        double error = (answers.get(i) ? 1 : 0) - 1 / (1 + Math.exp(-score(texts.get(i))));
        double rate = RATE / (1 + epoch);
        bias += rate * error;
        for (String word : texts.get(i).split("[ .]+")) {
          weights.merge(word, rate * error, (w, d) -> w * (1 - rate * DECAY) + d);
        }
      }
    }
  }

  /** The share of texts that are answered correctly. */
  double accuracy(List<String> texts, List<Boolean> answers) {
    int right = 0;
    for (int i = 0; i < texts.size(); i++) {
      right += score(texts.get(i)) > 0 == answers.get(i) ? 1 : 0;
    }
    return (double) right / texts.size();
  }

  private double score(String text) {
    double score = bias;
    for (String word : text.split("[ .]+")) {
      score += weights.getOrDefault(word, 0.0);
    }
    return score;
  }
}
