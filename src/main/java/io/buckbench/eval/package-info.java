/** Scoring of answers: metrics, intervals and statistical tests. */
package io.buckbench.eval;
