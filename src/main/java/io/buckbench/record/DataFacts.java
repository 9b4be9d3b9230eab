package io.buckbench.record;

import io.buckbench.data.Answers;
import io.buckbench.data.Leaks;
import java.util.List;

/**
 * What a trial knew of its data set besides the items that it was asked.
 *
 * @param answers the words of the answers, and the commonest one in training; {@link
 *     Answers#UNKNOWN} if the trial failed before it read its data
 * @param answerTokens number of tokens of each answer after the first test item's prompt, without
 *     the end token; empty if no model was asked
 * @param answersAlone log-probability of each answer without a prompt, by the evaluated model;
 *     empty if no model was asked
 * @param leaks test items whose texts are in the training rows too
 */
public record DataFacts(
    Answers answers, List<Integer> answerTokens, List<Double> answersAlone, Leaks leaks) {
  /** Of a trial that failed before it read its data. */
  public static final DataFacts UNKNOWN = new DataFacts(Answers.UNKNOWN);

  public DataFacts {
    answerTokens = List.copyOf(answerTokens);
    answersAlone = List.copyOf(answersAlone);
  }

  /** Of a trial that asked no model, and whose rows were not compared. */
  public DataFacts(Answers answers) {
    this(answers, List.of(), List.of(), Leaks.NONE);
  }

  /** A copy with what a model was measured to say without a prompt. */
  public DataFacts alone(List<Double> logProbs) {
    return new DataFacts(answers, answerTokens, logProbs, leaks);
  }
}
