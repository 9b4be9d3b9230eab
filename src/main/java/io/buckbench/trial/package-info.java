/**
 * Runs trials: one seed of a configuration is trained within its budget, evaluated and recorded.
 */
package io.buckbench.trial;
