package io.buckbench.experiment;

import io.buckbench.data.PromptEncoder;

/**
 * How many prompts lost words at the end of their passage, so as to fit {@code max_tokens}.
 *
 * @param trainRows of the training rows
 * @param askedRows of the rows that were asked
 */
public record Truncated(long trainRows, long askedRows) {
  static Truncated of(PreparedData data) {
    return new Truncated(
        PromptEncoder.truncated(data.train()), PromptEncoder.truncated(data.prompts()));
  }
}
