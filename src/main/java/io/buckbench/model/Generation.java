package io.buckbench.model;

/**
 * What a model wrote behind a batch of prompts.
 *
 * @param newTokens (batch, generated) greedy tokens; the pad id behind a row's end token, and no
 *     more columns than the longest row needed
 * @param firstLogProbs (batch, scored tokens) log-probabilities of the asked-for tokens in the
 *     first generated place
 * @param nonFinite (batch) whether a logit that one of the row's tokens was chosen by was not
 *     finite
 */
public record Generation(long[][] newTokens, float[][] firstLogProbs, boolean[] nonFinite) {}
