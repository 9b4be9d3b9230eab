/**
 * Simulates suites whose truth is known, to measure how often the intervals, tests and the gate of
 * {@code statistics} are right. {@code docs/simulated.md} is its output.
 */
package io.buckbench.simulation;
