/**
 * Checks whether a machine can run a suite before a dollar is spent: driver, GPU, memory, disk,
 * files. Nothing is trained.
 */
package io.buckbench.preflight;
