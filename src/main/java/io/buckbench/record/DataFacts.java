package io.buckbench.record;

import io.buckbench.data.Answers;

/**
 * What a trial knew of its data set besides the items that it was asked.
 *
 * @param answers the words of the answers, and the commonest one in training; {@link
 *     Answers#UNKNOWN} if the trial failed before it read its data
 */
public record DataFacts(Answers answers) {
  /** Of a trial that failed before it read its data. */
  public static final DataFacts UNKNOWN = new DataFacts(Answers.UNKNOWN);
}
