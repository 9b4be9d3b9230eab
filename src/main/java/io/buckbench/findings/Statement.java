package io.buckbench.findings;

/**
 * What a hypothesis states, for readers of its findings.
 *
 * @param id the hypothesis
 * @param sentence the claim
 * @param source who claims it, and when it was declared
 * @param margin the value that the statistic is compared with, in {@code unit}
 * @param unit of the margin and of the estimates
 */
public record Statement(String id, String sentence, String source, double margin, String unit) {}
