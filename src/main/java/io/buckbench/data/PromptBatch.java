package io.buckbench.data;

/**
 * A batch of prompts.
 *
 * @param rows for each row, the index of its example in the list of examples
 * @param tokens the prompts, padded on the left
 */
public record PromptBatch(int[] rows, TokenBatch tokens) {}
