package io.buckbench.record;

/**
 * How many prompts lost words at the end of their passage, so as to fit {@code max_tokens}.
 *
 * @param trainRows of the training rows
 * @param askedRows of the rows that were asked
 */
public record Truncated(long trainRows, long askedRows) {}
