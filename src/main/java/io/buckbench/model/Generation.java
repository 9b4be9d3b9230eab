package io.buckbench.model;

/**
 * The tokens generated after a batch of prompts.
 *
 * @param newTokens (batch, generated) greedy tokens; pad ids after a row's end token; as many
 *     columns as the longest row needs
 * @param firstLogProbs (batch, scored tokens) log-probabilities of the scored tokens as the first
 *     new token
 * @param nonFinite (batch) whether any of the row's tokens was chosen from logits that are not all
 *     finite
 */
public record Generation(long[][] newTokens, float[][] firstLogProbs, boolean[] nonFinite) {}
