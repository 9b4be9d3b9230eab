/**
 * Declared suites: the configurations (rows of a CSV file) and everything they refer to. Running
 * them is the task of {@code trial}.
 */
package io.buckbench.suite;
