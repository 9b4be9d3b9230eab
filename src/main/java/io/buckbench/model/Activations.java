package io.buckbench.model;

/**
 * Floats that one layer of a training step holds, for an estimate of memory.
 *
 * @param keptPerToken kept for the backward pass, for each token of the batch
 * @param keptSquares arrays of attention scores, (batch, heads, tokens, tokens), that are kept
 * @param passingPerToken widest temporaries, for each token
 */
public record Activations(long keptPerToken, long keptSquares, long passingPerToken) {}
