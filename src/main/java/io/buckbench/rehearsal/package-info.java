/**
 * Rehearses a suite whose weights are not available: with random weights of the true shapes, a few
 * steps and a few test items. A rehearsal is a separate project, so that its numbers cannot be
 * mistaken for results.
 */
package io.buckbench.rehearsal;
