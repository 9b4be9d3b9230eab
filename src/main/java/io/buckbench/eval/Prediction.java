package io.buckbench.eval;

import io.buckbench.data.Answers;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * The answer to a test item.
 *
 * @param id the item's id
 * @param level the item's level; empty if it has none
 * @param answers the answers that items can have
 * @param wanted index of the right answer
 * @param answer index of the given answer by the strict rule, or {@link Answers#OTHER}
 * @param generated the greedily generated text without the end token
 * @param logProbs for each answer the natural log of its probability after the prompt; NaN if the
 *     answer is not from a model
 */
public record Prediction(
    String id,
    String level,
    Answers answers,
    int wanted,
    int answer,
    String generated,
    List<Double> logProbs) {

  /**
   * @throws IllegalArgumentException unless there is a log-probability for each answer
   */
  public Prediction {
    logProbs = List.copyOf(logProbs);
    if (logProbs.size() != answers.size()) {
      throw new IllegalArgumentException(
          id + ": " + logProbs.size() + " log-probabilities of " + answers.size() + " answers");
    }
  }

  /** A model's answer. */
  public static Prediction of(
      String id,
      String level,
      Answers answers,
      int wanted,
      String generated,
      List<Double> logProbs) {
    return new Prediction(id, level, answers, wanted, answers.of(generated), generated, logProbs);
  }

  /** A text that is not from a model, so that its likelihood is not known. */
  public static Prediction withoutModel(
      String id, String level, Answers answers, int wanted, String text) {
    return of(id, level, answers, wanted, text, Collections.nCopies(answers.size(), Double.NaN));
  }

  /** The word of the right answer. */
  public String wantedWord() {
    return answers.word(wanted);
  }

  /** Whether the answer is right by the strict rule. */
  public boolean correct() {
    return answer == wanted;
  }

  /** Whether the likelihoods are known. */
  public boolean hasLikelihood() {
    return logProbs.stream().noneMatch(p -> p.isNaN())
        && logProbs.stream().anyMatch(p -> !p.isInfinite());
  }

  /** The log-odds of the first answer against the second, of a data set with two answers. */
  double logOdds() {
    return logProbs.get(0) - logProbs.get(1);
  }

  /** The likeliest answer after subtracting a prior; {@link Answers#OTHER} for a tie or NaN. */
  int likeliest(LikelihoodPrior prior) {
    return largest(answer -> logProbs.get(answer) - prior.of(answer));
  }

  /**
   * The answer with the largest log-probability a character of its word; {@link Answers#OTHER} for
   * a tie or NaN.
   */
  int likeliestByLength() {
    return largest(
        answer -> {
          String word = answers.word(answer);
          return logProbs.get(answer) / word.codePointCount(0, word.length());
        });
  }

  private int largest(IntToDoubleFunction value) {
    int best = Answers.OTHER;
    double most = Double.NaN;
    for (int answer = 0; answer < logProbs.size(); answer++) {
      double score = value.applyAsDouble(answer);
      if (Double.isNaN(score)) {
        return Answers.OTHER;
      }
      if (answer == 0 || score > most) {
        best = answer;
        most = score;
      } else if (score == most) {
        best = Answers.OTHER;
      }
    }
    return best;
  }
}
