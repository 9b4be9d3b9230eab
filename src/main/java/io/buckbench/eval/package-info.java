/** Scoring of answers: metrics, diagnoses, and the summary of a configuration over its seeds. */
package io.buckbench.eval;
