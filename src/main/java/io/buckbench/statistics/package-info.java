/**
 * The statistics of a suite: intervals, tests, power and the comparison of two sets of trials, from
 * plain numbers. Every interval and p value that is printed comes from here; {@code
 * docs/statistics.md} has the formulas, their measured coverage and their sources.
 */
package io.buckbench.statistics;
