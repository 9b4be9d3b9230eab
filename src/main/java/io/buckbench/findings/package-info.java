/** Hypotheses, declared before the run, and the verdicts that the records support. */
package io.buckbench.findings;
