/**
 * A dollar, exactly: price cards, the plan from dollars to seconds to steps, the meter and the
 * ledger.
 */
package io.buckbench.budget;
