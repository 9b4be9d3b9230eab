/**
 * Exact accounting of dollars: price cards, the plan that converts dollars to seconds and steps,
 * the meter and the ledger.
 */
package io.buckbench.budget;
