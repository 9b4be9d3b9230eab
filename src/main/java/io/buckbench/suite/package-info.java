/**
 * A suite as it is declared: configurations (the rows of a CSV file) and what they refer to.
 * Nothing here is run.
 */
package io.buckbench.suite;
