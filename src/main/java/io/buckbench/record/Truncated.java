package io.buckbench.record;

/**
 * How many prompts were truncated at the end of their passage to fit {@code max_tokens}.
 *
 * @param trainRows of the training examples
 * @param askedRows of the items the model was evaluated on
 */
public record Truncated(long trainRows, long askedRows) {}
