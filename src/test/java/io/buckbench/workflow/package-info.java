/**
 * Executes the workflows of {@code .github/workflows} on this machine: their steps as shell, in
 * order, on clean clones, with GitHub's API replaced by a local server.
 */
package io.buckbench.workflow;
