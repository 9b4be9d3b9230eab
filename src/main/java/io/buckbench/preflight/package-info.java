/**
 * What must hold of a machine before a suite's first dollar is spent on it: driver, GPU, memory,
 * disk, files. It trains nothing.
 */
package io.buckbench.preflight;
