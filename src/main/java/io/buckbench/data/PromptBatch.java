package io.buckbench.data;

/**
 * Prompts of a batch and whose they are.
 *
 * @param rows the index in the list of examples of each row
 * @param tokens the prompts, padded on the left
 */
public record PromptBatch(int[] rows, TokenBatch tokens) {}
