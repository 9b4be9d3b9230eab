/** From answers to numbers: scoring, metrics, intervals, tests. */
package io.buckbench.eval;
