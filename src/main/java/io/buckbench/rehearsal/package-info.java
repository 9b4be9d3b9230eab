/**
 * Rehearses a suite where its weights cannot be had: models of the true shapes with random weights,
 * every row with a few steps and test rows, in a project of its own, so that no number of it can be
 * taken for a result.
 */
package io.buckbench.rehearsal;
