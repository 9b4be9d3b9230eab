/** Hypotheses, which are declared before the runs, and their verdicts. */
package io.buckbench.findings;
